"""Акт 4: скасований сертифікат, сертифікат чужого центру, чуже ім'я: відмова з рядком журналу, що каже чому."""

import http.client
import os
import ssl
import subprocess

from .departments import MINE, OTHERS


class Impostors:
    def __init__(self, city, report):
        self.city, self.report, self.office = city, report, city.OFFICE
        self.place = city.root / "impostors"

    def play(self):
        self.report.begin("4", "Самозванці")
        self.place.mkdir(mode=0o700)
        self._revoked()
        self._foreign()
        self._borrowed()
        self._another_origin()

    def _openssl(self, *words, text=None):
        done = subprocess.run(["openssl", *map(str, words)], input=text, capture_output=True, text=True, timeout=30)
        if done.returncode:
            raise RuntimeError(f"openssl {words[0]}: {done.stderr[-500:]}")

    def _certificate(self, name, node, authority, key):
        """A certificate for a node's name by any authority, in the form that the office wants."""
        own, request, leaf = (self.place / f"{name}.{end}" for end in ("key", "csr", "pem"))
        extensions = self.place / f"{name}.ext"
        extensions.write_text(
            f"subjectAltName=URI:urn:node:{node}\nextendedKeyUsage=clientAuth\nbasicConstraints=critical,CA:FALSE\n"
            "keyUsage=critical,digitalSignature\n"
        )
        self._openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", own,
                      "-subj", f"/CN={node}", "-out", request)
        self._openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", key, "-set_serial", "0x1234567890", "-days", "2",
                      "-extfile", extensions, "-out", leaf)
        os.chmod(own, 0o600)
        return leaf, own

    def _ask(self, certificate, key, path="/sync/v1/hello", body=b"{}\n"):
        """What the office answers to whoever shows this certificate: a status, or how the handshake ended."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(self.city.place(self.office) / "authority.pem")
        context.load_cert_chain(certificate, key)
        connection = http.client.HTTPSConnection("127.0.0.1", self.city.port, timeout=10, context=context)
        try:
            connection.request("POST", path, body=body, headers={"content-type": "application/x-ndjson"})
            answer = connection.getresponse()
            return f"{answer.status} {answer.read().decode(errors='replace')}"
        except (OSError, http.client.HTTPException) as error:
            return f"TLS: {error}"
        finally:
            connection.close()

    def _said(self, offset, *words, code="peer_refused"):
        def look():
            for line in self.city.log(self.office, offset):
                text = f"{line.get('code')} {line.get('msg')}"
                if line.get("code") == code and all(word in text for word in words):
                    return text
            return None
        return self.city.wait(f"рядок журналу {words}", look, 10)

    def _revoked(self):
        city, report, node = self.city, self.report, "kolyshnii"
        city.join(node, "Колишній підрозділ")
        city.start(node)
        report.check("новий підрозділ збігся з Центром", [], city.wait_in_step([node]), said="так")
        offset, own = city.log_size(self.office), city.log_size(node)
        city.run(self.office, "node", "revoke", node, "--as", "admin")
        line = self._said(offset, "was revoked")
        report.quote(f"журнал Центру (англійською): {line}")
        place = city.place(node)
        answer = self._ask(place / "node.pem", place / "node.key")
        report.check("скасований сертифікат: відмова 403", True, answer.startswith("403") and "revoked" in answer)
        found = city.wait("рядок у підрозділі", lambda: next(
            (entry["msg"] for entry in city.log(node, own) if "revoked" in entry.get("msg", "")), None), 20)
        report.check("скасований вузол знає чому", True, "revoked" in found)
        city.stop(node)

    def _foreign(self):
        authority, key = self.place / "foreign.pem", self.place / "foreign.key"
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                      "-out", authority, "-days", "2", "-subj", "/CN=Kartoteka urz", "-addext", "keyUsage=critical,keyCertSign")
        leaf, own = self._certificate("stranger", MINE, authority, key)
        offset = self.city.log_size(self.office)
        answer = self._ask(leaf, own)
        self.report.check("сертифікат чужого центру: рукостискання відхилено", True, answer.startswith("TLS"))
        line = self._said(offset, "refused")
        self.report.check("журнал каже чому (чужий центр)", True, "certificate" in line or "authority" in line)
        self.report.quote(f"журнал Центру (англійською): {line}")

    def _borrowed(self):
        """By the city's own authority, even, but with another key than the department enrolled with."""
        office = self.city.place(self.office)
        leaf, own = self._certificate("borrower", MINE, office / "authority.pem", office / "authority.key")
        offset = self.city.log_size(self.office)
        answer = self._ask(leaf, own)
        self.report.check("чуже ім'я: відмова 403", True, answer.startswith("403") and "notAllowed" in answer)
        line = self._said(offset, MINE, "not on the allow-list")
        self.report.check("журнал каже чому (чуже ім'я)", True, f"the key of the certificate of {MINE}" in line)
        self.report.quote(f"журнал Центру (англійською): {line}")

    def _another_origin(self):
        """A department with its own good certificate that sends another department's signed operation."""
        (origin, line), = self.city.query(MINE, "SELECT origin, bytes FROM operation ORDER BY number LIMIT 1")
        epoch = self.city.streams(self.office)[1]["epoch"]
        other = self.city.place(OTHERS[0])
        offset = self.city.log_size(self.office)
        name = origin.replace("#", "%23")
        path = f"/sync/v1/push?epoch={epoch}&origin={name}&chain="
        answer = self._ask(other / "node.pem", other / "node.key", path, bytes(line) + b"\n")
        self.report.check("чужий журнал під власним сертифікатом: відмова 400", True, answer.startswith("400"))
        line = self._said(offset, f"origin is not one of the node {OTHERS[0]}", code="request_refused")
        self.report.quote(f"журнал Центру (англійською): {line}")
