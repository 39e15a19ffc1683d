/// Lets a limited number through at a time, in the order in which they came.
actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ limit: Int) {
        free = limit
    }

    nonisolated func withTurn<T>(_ body: () async throws -> T) async throws -> T {
        await begin()
        let value: T
        do {
            value = try await body()
        } catch {
            await end()
            throw error
        }
        await end()
        return value
    }

    private func begin() async {
        if free > 0 {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func end() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
