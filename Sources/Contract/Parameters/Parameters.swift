package import Evaluation

/// What a question is asked with: names and values, as options, the query of an address or a form give them.
package struct Parameters: Sendable, Equatable {
    private var values: [String: String]

    /// - Parameter values: Each given once.
    package init(_ values: [String: String] = [:]) {
        self.values = values
    }

    package var names: [String] { values.keys.sorted() }

    package subscript(name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The parameters without those that were left empty, as fields of a form are.
    package var filled: Parameters { Parameters(values.filter { !$0.value.isEmpty }) }

    package func without(_ names: String...) -> Parameters {
        Parameters(values.filter { !names.contains($0.key) })
    }

    // MARK: - Reading

    /// A value that a reader makes something of.
    ///
    /// - Parameters:
    ///   - name: Of the parameter.
    ///   - read: Throws where the text does not say what was asked for.
    /// - Returns: `nil` for a parameter that is not given.
    /// - Throws: `ParameterFault`.
    package func value<Value>(
        _ name: String,
        _ read: (String) throws -> Value
    ) throws -> Value? {
        guard let text = values[name] else { return nil }
        do {
            return try read(text)
        } catch let error as any WordedError {
            throw ParameterFault(.impossible, error.wording)
        } catch {
            let said = "\(error)"
            throw ParameterFault(.impossible, "\(setting: name, given: text): \(said)")
        }
    }

    /// The name of something, such as a model.
    package func name(_ parameter: String) -> Name? { values[parameter].map { Name($0) } }

    package func moment(_ name: String) throws -> Moment? { try value(name, Moment.init) }

    /// What lies between `from` and `to`, either of which may be left out.
    package func range() throws -> MomentRange {
        MomentRange(from: try moment("from"), to: try moment("to"))
    }

    package func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        _ type: Value.Type = Value.self
    ) throws -> Value? {
        guard let text = values[name] else { return nil }
        guard let value = Value(rawValue: text) else {
            let all = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw ParameterFault(
                .unreadable,
                "\(setting: name, given: text) is none of: \(all)."
            )
        }
        return value
    }

    /// `true` or `false`; not given is false.
    package func flag(_ name: String) throws -> Bool {
        switch values[name] {
        case nil, "false": return false
        case "true": return true
        case let text?:
            throw ParameterFault(
                .unreadable,
                "\(setting: name, given: text) must be true or false."
            )
        }
    }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), range.contains(value), !text.hasPrefix("+") else {
            throw ParameterFault(
                .unreadable,
                "\(setting: name, given: text) must be a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return value
    }

    /// A number above 0, or from 0 on.
    package func number(_ name: String, includingZero: Bool) throws -> Double? {
        guard let text = values[name] else { return nil }
        guard let number = Double(text), number.isFinite,
            number > 0 || includingZero && number == 0
        else {
            let allowed = includingZero ? "from 0 on" : "above 0"
            throw ParameterFault(
                .unreadable,
                "\(setting: name, given: text) must be a number \(allowed)."
            )
        }
        return number
    }

    package func list(_ name: String) -> [String]? { values[name].map(ListText.parts) }

    // MARK: - Asking

    /// Adds a parameter; a `value` of `nil` says nothing.
    package mutating func add(_ name: String, _ value: String?) {
        if let value { values[name] = value }
    }

    package mutating func add(_ name: String, _ flag: Bool) {
        if flag { values[name] = "true" }
    }

    package mutating func add(_ name: String, _ moment: Moment?) { add(name, moment?.text) }

    /// Adds a list of values; nothing is said of an empty one.
    package mutating func add(_ name: String, _ list: [String]) {
        if !list.isEmpty { values[name] = ListText.text(list) }
    }
}
