import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Glibc
import Node
import Replication
import Transport

/// libFuzzer's driver, linked by deploy/fuzz.
@_silgen_name("LLVMFuzzerRunDriver")
func LLVMFuzzerRunDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What reads bytes from outside, by name; each also says what must hold of what it read.
let targets: [String: ([UInt8]) -> Void] = [
    "json": Targets.json, "aggregate": Targets.aggregate, "operation": Targets.operation, "reply": Targets.reply,
    "http": Targets.http, "certificate": Targets.certificate, "configuration": Targets.configuration,
    "csv": Targets.csv,
]

guard CommandLine.argc >= 2, let chosen = targets[CommandLine.arguments[1]] else {
    print("usage: fuzz TARGET [libFuzzer options]; targets: \(targets.keys.sorted().joined(separator: " "))")
    exit(64)
}
nonisolated(unsafe) let target = chosen

// The driver gets the command line without the target's name.
var count = CommandLine.argc - 1
var arguments = CommandLine.unsafeArgv
arguments[1] = arguments[0]
arguments += 1
exit(
    LLVMFuzzerRunDriver(&count, &arguments) { start, count in
        target(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
    }
)
