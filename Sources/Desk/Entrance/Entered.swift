import Appeals
package import CanonicalJSON

/// Values of the inputs of an act that have come through the entrance; made there alone.
package struct Entered: Sendable {
    /// By the names of the inputs.
    package private(set) var values: JSONObject

    private init(_ values: JSONObject) { self.values = values }

    /// Takes the values of these inputs; texts go through `Entrance.enter`, numbers, flags and rows of a register as they are, and an
    /// empty text that only keeps a place (`Input.keepsPlaces`).
    ///
    /// The caller has looked that each is of an input and has its form. Throws what `enter` throws, for the first of the
    /// inputs, in their order, that has a value which is refused.
    package init(
        _ typed: JSONObject,
        of inputs: [UseCase.Input],
        _ entrance: Entrance
    ) throws(DeskError) {
        var values = typed
        for input in inputs {
            switch typed[input.name] {
            case .string(let text): values[input.name] = .string(try entrance.enter(text, in: input))
            case .array(let elements):
                var entered: [JSON] = []
                for element in elements {
                    if input.keepsPlaces, element.string?.isEmpty == true {
                        entered.append(element)
                        continue
                    }
                    entered.append(
                        try element.string.map { text throws(DeskError) in
                            .string(try entrance.enter(text, in: input))
                        } ?? element
                    )
                }
                values[input.name] = .array(entered)
            default: break
            }
        }
        self.init(values)
    }

    /// With values of others, where there is none of the same name yet.
    package func filled(with others: Entered) -> Entered {
        var all = values
        for (name, value) in others.values.members where all[name] == nil { all[name] = value }
        return Entered(all)
    }
}
