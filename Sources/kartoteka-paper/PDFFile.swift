import CQPDF
import Glibc

/// A PDF in memory, by libqpdf.
final class PDFFile {
    typealias Object = qpdf_oh

    private var data: qpdf_data?
    /// libqpdf reads from it as long as the file is open.
    private let bytes: UnsafeMutableBufferPointer<CChar>

    /// - Throws: `PaperTrouble.failed`.
    init(_ given: [UInt8]) throws {
        bytes = .allocate(capacity: given.count)
        _ = bytes.initialize(from: given.map { CChar(bitPattern: $0) })
        data = qpdf_init()
        qpdf_silence_errors(data)
        qpdf_set_suppress_warnings(data, 1)
        try check(qpdf_read_memory(data, "paper", bytes.baseAddress, UInt64(bytes.count), nil))
    }

    deinit {
        qpdf_cleanup(&data)
        bytes.deallocate()
    }

    /// What libqpdf complains about becomes an error with its words.
    private func check(_ status: QPDF_ERROR_CODE) throws {
        guard status & Int32(QPDF_ERRORS) != 0 || qpdf_has_error(data) != 0 else { return }
        let words = qpdf_get_error(data).flatMap { qpdf_get_error_full_text(data, $0) }.map { String(cString: $0) }
        throw PaperTrouble.failed("qpdf: " + (words ?? "no words"))
    }

    var root: Object { qpdf_get_root(data) }
    var trailer: Object { qpdf_get_trailer(data) }

    /// All pages in their order.
    func pages() throws -> [Object] {
        let count = qpdf_get_num_pages(data)
        try check(0)
        return (0..<max(0, count)).map { qpdf_get_page_n(data, Int($0)) }
    }

    /// The content of a page, without its compression.
    func content(of page: Object) throws -> [UInt8] {
        var buffer: UnsafeMutablePointer<UInt8>?, length = 0
        try check(qpdf_oh_get_page_content_data(data, page, &buffer, &length))
        defer { free(buffer) }
        return Array(UnsafeBufferPointer(start: buffer, count: length))
    }

    /// A member of a dictionary or of a stream's; null where there is none.
    func get(_ object: Object, _ key: String) -> Object { qpdf_oh_get_key_if_dict(data, object, key) }
    /// Whether a dictionary has this member.
    func has(_ object: Object, _ key: String) -> Bool { qpdf_oh_has_key(data, object, key) != 0 }
    /// Puts a member into a dictionary in place of the former.
    func set(_ object: Object, _ key: String, _ value: Object) { qpdf_oh_replace_key(data, object, key, value) }
    /// Whether it is an array.
    func isArray(_ object: Object) -> Bool { qpdf_oh_is_array(data, object) != 0 }
    /// Whether it is a dictionary.
    func isDictionary(_ object: Object) -> Bool { qpdf_oh_is_dictionary(data, object) != 0 }
    /// Whether it is this name.
    func isName(_ object: Object, _ name: String) -> Bool { qpdf_oh_is_name_and_equals(data, object, name) != 0 }
    /// The same as an object of its own, so that others may refer to it.
    func indirect(_ object: Object) -> Object { qpdf_make_indirect_object(data, object) }

    /// The members of an array; none of anything else.
    func items(_ array: Object) -> [Object] {
        guard isArray(array) else { return [] }
        return (0..<qpdf_oh_get_array_n_items(data, array)).map { qpdf_oh_get_array_item(data, array, $0) }
    }

    /// The names of the members of a dictionary, with their slashes; none of anything else.
    func keys(_ dictionary: Object) -> [String] {
        guard isDictionary(dictionary) else { return [] }
        var keys: [String] = []
        qpdf_oh_begin_dict_key_iter(data, dictionary)
        while qpdf_oh_dict_more_keys(data) != 0 { keys.append(String(cString: qpdf_oh_dict_next_key(data))) }
        return keys
    }

    /// A new array of these.
    func array(_ items: [Object]) -> Object {
        let array = qpdf_oh_new_array(data)
        for item in items { qpdf_oh_append_item(data, array, item) }
        return array
    }

    /// An object as PDF writes it.
    func parsed(_ text: String) throws -> Object {
        let object = qpdf_oh_parse(data, text)
        try check(0)
        return object
    }

    /// A stream of its own, with this dictionary.
    func stream(_ dictionary: String, _ content: [UInt8]) throws -> Object {
        let stream = qpdf_oh_new_stream(data), own = qpdf_oh_get_dict(data, stream), given = try parsed(dictionary)
        qpdf_oh_replace_stream_data(
            data,
            stream,
            content,
            content.count,
            qpdf_oh_new_null(data),
            qpdf_oh_new_null(data)
        )
        for key in keys(given) { set(own, key, get(given, key)) }
        try check(0)
        return stream
    }

    /// The file, the same for the same contents.
    func written() throws -> [UInt8] {
        try check(qpdf_init_write_memory(data))
        qpdf_set_deterministic_ID(data, 1)
        qpdf_set_object_stream_mode(data, qpdf_o_disable)
        qpdf_set_stream_data_mode(data, qpdf_s_compress)
        qpdf_set_newline_before_endstream(data, 1)
        qpdf_force_pdf_version(data, "1.7")
        try check(qpdf_write(data))
        guard let buffer = qpdf_get_buffer(data) else { throw PaperTrouble.failed("qpdf wrote nothing") }
        return Array(UnsafeBufferPointer(start: buffer, count: qpdf_get_buffer_length(data)))
    }
}
