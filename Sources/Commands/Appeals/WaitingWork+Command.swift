import Appeals
import CanonicalJSON
import Desk
import Replication

extension WaitingWork {
    var json: JSON {
        [
            "held": .string(write), "appeal": .string(record.appeal ?? ""), "kind": .string(record.kind),
            "reason": .string(reason?.rawValue ?? ""), "at": .string(KyivTime.rfc3339(record.at) ?? ""),
        ]
    }

    func lines(_ call: Call) -> [String] {
        [
            call.say(Wording.kind(record.kind)) + ": "
                + call.say(Label(uk: reason?.ukrainian ?? "", en: reason?.english ?? "")) + ", \(call.ago(record.at))",
            "    kartoteka held decline \(record.appeal ?? "") --held \(write)",
        ]
    }
}
