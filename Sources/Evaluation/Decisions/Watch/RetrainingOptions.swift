/// How often evidence must be found before it counts: in `hits` of the last `of` blocks.
package struct Confirmation: Sendable, Equatable {
    package var hits: Int
    package var of: Int

    package init(hits: Int, of: Int) {
        self.hits = hits
        self.of = of
    }

    package static let once = Confirmation(hits: 1, of: 1)
}

/// What a scheduler may ask for to be woken less often.
package struct RetrainingOptions: Sendable, Equatable {
    package var confirmation = Confirmation.once
    /// After the watch was armed anew, no alarm is raised for so long.
    package var coolDownSeconds: Int64 = 0

    package init(confirmation: Confirmation = .once, coolDownSeconds: Int64 = 0) {
        self.confirmation = confirmation
        self.coolDownSeconds = coolDownSeconds
    }
}
