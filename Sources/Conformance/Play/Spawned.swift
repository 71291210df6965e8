import Glibc

/// A program that is run and waited for, without a shell.
enum Spawned {
    /// Its exit code; 128 and the signal if one ended it.
    static func run(_ words: [String]) throws -> Int32 {
        guard let program = words.first else { throw ScriptError("there is no program to run") }
        var process: pid_t = 0
        let pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        let failure = posix_spawnp(&process, program, nil, nil, pointers, environ)
        guard failure == 0 else { throw ScriptError("\(program) cannot be run: \(String(cString: strerror(failure)))") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw ScriptError("\(program) cannot be waited for") }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }
}
