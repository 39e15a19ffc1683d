package import Evaluation

extension VerificationReport {
    /// Whether what is stored is what the ledger gives.
    package var json: JSONValue {
        [
            "task": .name(task), "clean": .bool(isClean),
            "cells": JSONValue(cells), "pairs": JSONValue(pairs),
            "predictions": JSONValue(predictionIDs),
            "difference_count": JSONValue(differenceCount),
            "differences": .strings(differences),
            "rows_from": JSONValue(rowsFrom?.iso8601), "repaired": .bool(isRepaired),
        ]
    }
}
