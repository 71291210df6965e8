import Appeals

/// What somebody has to do at the node: a person, or the command that stands for one.
enum Step: Equatable {
    case join(invitation: String)
    /// The same, and the reply will be signed by a stranger.
    case joinRefused(invitation: String)
    case start, stop, copy, putBack
    case accept(Int), note(Int), correct(Int), answer(Int), register

    /// The first word that the command gets.
    var name: String {
        switch self {
        case .join: "join"
        case .joinRefused: "join-refused"
        case .start: "start"
        case .stop: "stop"
        case .copy: "copy"
        case .putBack: "put-back"
        case .accept: "accept"
        case .note: "note"
        case .correct: "correct"
        case .answer: "answer"
        case .register: "register"
        }
    }

    /// Whether nothing can be tried without it.
    var isNeeded: Bool {
        switch self {
        case .join, .start, .note: true
        default: false
        }
    }

    /// Whether a node that keeps to the protocol does not do it.
    var isToBeRefused: Bool {
        if case .joinRefused = self { return true }
        return false
    }

    /// The words behind it.
    var values: [String] {
        switch self {
        case .join(let invitation), .joinRefused(let invitation): [invitation]
        case .start, .stop, .copy, .putBack, .register: []
        case .accept(let appeal), .note(let appeal), .correct(let appeal), .answer(let appeal):
            [ProbeOffice.index(appeal), ProbeOffice.id(appeal)]
        }
    }

    var sentence: Label {
        switch self {
        case .join(let file):
            Label(uk: "приєднайте вузол за запрошенням \(file)", en: "join the node with the invitation \(file)")
        case .joinRefused(let file):
            Label(
                uk: "приєднайте вузол за запрошенням \(file): відповідь підпише чужий, вузол має відмовитися",
                en: "join the node with the invitation \(file): a stranger will sign the reply, the node must refuse it"
            )
        case .start: Label(uk: "запустіть вузол", en: "start the node")
        case .stop: Label(uk: "зупиніть вузол", en: "stop the node")
        case .copy: Label(uk: "скопіюйте диск зупиненого вузла", en: "copy the disk of the stopped node")
        case .putBack:
            Label(
                uk: "поверніть зупиненому вузлу ту копію диска",
                en: "put the stopped node back to that copy of its disk"
            )
        case .register:
            Label(
                uk: "зареєструйте звернення, що надійшло до підрозділу (exec)",
                en: "register an appeal that came to the department (as exec)"
            )
        case .accept(let appeal):
            Label(
                uk: "прийміть доручення за зверненням \(ProbeOffice.index(appeal)) (head)",
                en: "accept the assignment of the appeal \(ProbeOffice.index(appeal)) (as head)"
            )
        case .note(let appeal):
            Label(
                uk: "додайте примітку до звернення \(ProbeOffice.index(appeal)) (exec)",
                en: "add a note to the appeal \(ProbeOffice.index(appeal)) (as exec)"
            )
        case .correct(let appeal):
            Label(
                uk: "виправте адресу заявника у зверненні \(ProbeOffice.index(appeal)) (exec)",
                en: "correct the applicant's address in the appeal \(ProbeOffice.index(appeal)) (as exec)"
            )
        case .answer(let appeal):
            Label(
                uk: "запишіть відповідь за зверненням \(ProbeOffice.index(appeal)) (exec) і затвердіть її (head)",
                en: "draft an answer to the appeal \(ProbeOffice.index(appeal)) (as exec) and approve it (as head)"
            )
        }
    }
}

/// Who does the steps.
struct Performer {
    /// A program that gets the step's name and its values; nil: a person reads the sentence.
    let command: String?
    let say: (Label) -> Void

    /// `refused`: the node did not do what it must not.
    enum Done { case yes, cannot, refused }

    /// So long a person may take, and so long a command, in milliseconds.
    var patience: Int64 { command == nil ? 900_000 : 20_000 }

    /// `confirms`: nothing at the office shows that it is done; a person says so.
    func perform(_ step: Step, confirms: Bool = false) throws -> Done {
        say(Label(uk: "крок \(step.name): ", en: "step \(step.name): ") + step.sentence)
        guard let command else { return confirms ? asked() : .yes }
        let status = try Spawned.run([command, step.name] + step.values)
        switch status {
        case 1... where step.isToBeRefused: return .refused
        case 0: return .yes
        case 3: return .cannot
        default: throw ScriptError("\(command) \(step.name) ended with \(status)")
        }
    }

    /// Waits until a person has done it.
    private func asked() -> Done {
        say(Label(uk: "зроблено? Enter — так, n — цей вузол не вміє", en: "done? Enter is yes, n: this node cannot"))
        guard let answer = readLine() else { return .cannot }
        return answer.hasPrefix("n") ? .cannot : .yes
    }
}
