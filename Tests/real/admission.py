#!/usr/bin/env python3
"""Who is admitted after a restore, with real processes: the stolen laptop of the manual, and an office whose disk died. Prints `N passed, N failed`.

The thief has the laptop's directory whole: its key, its certificate, its invitation. The office is restored from a backup of before the
theft: once with the former directory, once with the copy of the admissions on another device alone, once with neither.
"""
import os
import shutil
import sys

sys.dont_write_bytecode = True
from town import Node, Town, check, main, say, wait  # noqa: E402

WAITS = 12


def state(office, name):
    return next((node["state"] for node in office.run("node", "list")["nodes"] if node["node"] == name), None)


def refused(node, reason, patience=20):
    """Whether the office answers a running node with this reason."""
    node.run("sync", "now", ok=None)
    try:
        return bool(wait(reason, lambda: node.run("sync", "status", ok=None).json.get("link", {}).get("problem") == reason
                         or node.run("sync", "now", ok=None).exit and None, patience=patience, pause=0.5))
    except Exception:  # noqa: BLE001 - what was seen instead is told by the check
        return False


def gets(town, node, surname, patience=WAITS):
    """Whether new work of the office reaches a node."""
    appeal = town.register(surname)
    town.assign(appeal, node.name)
    node.run("sync", "now", ok=None)
    try:
        return bool(wait("the appeal", lambda: node.holds(appeal), patience=patience, pause=0.25))
    except Exception:  # noqa: BLE001
        return False


def joins_again(town, node, invitation):
    """The thief stops the node and uses its old invitation once more."""
    node.stop()
    done = node.run("join", "--invitation", invitation, ok=None)
    node.start()
    return done


def restored(town, backup, *how):
    town.office.run("restore", backup, *how, "--declare")
    town.office.start()


def lose(town, name):
    """The office dies; its directory goes to `name`."""
    town.office.kill()
    os.rename(town.office.data, town.office.data + name)


def invitation(town, name):
    return os.path.join(town.base, name + ".invitation")


def stolen_laptop(town):
    """deploy/README.md, section 9: revoke at once, join a new machine; with a restore of the office in the middle."""
    office, laptop = town.office, town.departments[0]
    long = os.path.join(town.base, "long")
    office.run("invite", "d1", "--as", "admin", "--minutes", "20000", "--out", long)
    laptop.stop()
    laptop.run("join", "--invitation", long)
    laptop.start()
    backup = os.path.join(town.base, "before")
    office.run("backup", "create", backup, "--with-keys")
    office.run("node", "revoke", "d1", "--as", "admin")
    check("the revoked laptop is refused", refused(laptop, "revoked"))
    done = joins_again(town, laptop, long)
    check("its used invitation does not let it in again", done.exit != 0 and state(office, "d1") == "revoked", f"exit {done.exit}, {state(office, 'd1')}")

    lose(town, ".lost")
    restored(town, backup, "--former", office.data + ".lost")
    check("a restore with the former directory remembers the revocation", state(office, "d1") == "revoked", state(office, "d1"))
    check("the laptop gets no new work", not gets(town, laptop, "Бойко"))
    done = joins_again(town, laptop, long)
    check("nor does the invitation of the backup let it in", done.exit != 0 and state(office, "d1") == "revoked", f"exit {done.exit}, {state(office, 'd1')}")

    # The new machine: an empty directory, a new key.
    laptop.stop()
    shutil.move(laptop.data, laptop.data + ".thief")
    fresh = Node(town, "d1")
    office.run("invite", "d1", "--as", "admin", "--out", invitation(town, "new"))
    fresh.run("init", "department", "--node", "d1")
    fresh.run("join", "--invitation", invitation(town, "new"))
    town.reach(fresh, town.port)
    fresh.start()
    check("the new machine is admitted and gets the work", gets(town, fresh, "Гнатюк", patience=40))
    fresh.stop()

    lose(town, ".lost2")
    restored(town, backup, "--former", office.data + ".lost2")
    fresh.start()
    check("after another restore from the same backup the new machine's key is the one admitted", gets(town, fresh, "Дубина", patience=40))
    fresh.stop()
    shutil.move(fresh.data, fresh.data + ".new")
    shutil.move(laptop.data + ".thief", laptop.data)
    thief = Node(town, "d1")
    thief.start()
    check("and the thief's is not", not gets(town, thief, "Жук"))
    thief.stop()
    shutil.move(thief.data, thief.data + ".thief")
    shutil.move(fresh.data + ".new", fresh.data)
    fresh.start()
    town.departments[0] = fresh


def never_joined(town):
    office = town.office
    office.run("invite", "d9", "--as", "admin", "--name", "Відділ 9", "--out", invitation(town, "d9"))
    done = office.run("node", "revoke", "d9", "--as", "admin", ok=None)
    check("revoking a node that never joined withdraws its invitation", done.exit == 0, f"exit {done.exit} {done.text[-200:]}")
    node = Node(town, "d9")
    node.run("init", "department", "--node", "d9")
    check("which nobody can use then", node.run("join", "--invitation", invitation(town, "d9"), ok=None).exit != 0)
    office.run("invite", "d9", "--as", "admin", "--out", invitation(town, "d9b"))
    backup = os.path.join(town.base, "invited")
    office.run("backup", "create", backup, "--with-keys")
    done = office.run("invitation", "withdraw", "d9", "--as", "admin", ok=None)
    check("an invitation can be withdrawn", done.exit == 0, f"exit {done.exit} {done.text[-200:]}")
    lose(town, ".withdrawn")
    restored(town, backup, "--former", office.data + ".withdrawn")
    shutil.rmtree(node.data)
    node.run("init", "department", "--node", "d9")
    done = node.run("join", "--invitation", invitation(town, "d9b"), ok=None)
    check("and stays withdrawn after a restore", done.exit != 0, f"exit {done.exit}, {state(office, 'd9')}")


def disk_died(town):
    """Nothing is left of the office but a backup: nobody is admitted until the operator says so."""
    office, node = town.office, town.departments[0]
    backup = os.path.join(town.base, "alone")
    office.run("backup", "create", backup, "--with-keys")
    office.run("node", "revoke", "d2", "--as", "admin")
    lose(town, ".dead")
    restored(town, backup, "--keys", backup + ".keys")
    check("nobody is admitted", {n: state(office, n) for n in ("d1", "d2")} == {"d1": "unconfirmed", "d2": "unconfirmed"},
          {n: state(office, n) for n in ("d1", "d2")})
    check("a node is told so with a reason of its own", refused(node, "unconfirmed"), node.run("sync", "status", ok=None).json.get("link"))
    check("and gets nothing", not gets(town, node, "Зайченко"))
    doctor, status = office.run("doctor", ok=None), office.run("status", ok=None)
    check("doctor says so", doctor.exit != 0 and any(found["name"] == "admissions" and not found["ok"] for found in doctor.json.get("checks", [])),
          f"exit {doctor.exit}")
    check("status says so", status.json.get("unconfirmed") == 2, status.json.get("unconfirmed"))
    asked = office.run("node", "confirm", "--as", "admin", ok=None)
    check("confirm shows who waits, with the day of the backup", asked.exit == 0 and [n["node"] for n in asked.json.get("nodes", [])] == ["d1", "d2"]
          and all(n["asOf"][:2] == "20" for n in asked.json["nodes"]), f"exit {asked.exit} {asked.text[-200:]}")
    office.run("node", "revoke", "d2", "--as", "admin")
    done = office.run("node", "confirm", "d1", "--as", "admin", ok=None)
    check("the operator confirms one", done.exit == 0 and state(office, "d1") == "active", f"exit {done.exit}, {state(office, 'd1')}")
    check("which works again", gets(town, node, "Іщенко", patience=40))
    check("the other stays out", state(office, "d2") == "revoked" and not gets(town, town.departments[1], "Коваль"))


def second_copy(town):
    """The copy on another device alone brings the memory back."""
    office = town.office
    copy = os.path.join(town.base, "elsewhere", "admissions.log")
    os.makedirs(os.path.dirname(copy))
    with open(os.path.join(office.data, "kartoteka.conf"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(office.data, "kartoteka.conf"), "w", encoding="utf-8") as file:
        file.write(text.replace("[backup]", f"[backup]\nadmissions = {copy}", 1))
    office.stop()
    office.start()
    backup = os.path.join(town.base, "copied")
    office.run("backup", "create", backup, "--with-keys")
    office.run("node", "revoke", "d1", "--as", "admin")
    check("the copy is written at once, for its owner alone", os.path.exists(copy) and os.stat(copy).st_mode & 0o777 == 0o600)
    lose(town, ".dead2")
    restored(town, backup, "--keys", backup + ".keys")
    check("a restore finds the copy by itself", state(office, "d1") == "revoked", state(office, "d1"))


def play():
    for name, scene in (("the stolen laptop", stolen_laptop), ("invitations", never_joined), ("the disk died", disk_died), ("a second copy", second_copy)):
        say(name)
        town = Town("admission", 2)
        try:
            scene(town)
        except Exception as error:  # noqa: BLE001 - the other scenes are played all the same
            check(name, False, repr(error)[-400:])
        finally:
            town.end()


if __name__ == "__main__":
    main(play)
