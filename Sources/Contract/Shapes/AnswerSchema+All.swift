import Evaluation

extension AnswerSchema {
    /// All answers, those of the command line first.
    package static let all: [AnswerSchema] = commands + lists + access

    private static let commands: [AnswerSchema] = [
        AnswerSchema("Task", PredictionTask.shape, file: "task", "gnomon task create, set, show"),
        AnswerSchema(
            "TaskDeletion",
            AnswerShapes.taskDeletion,
            file: "task-delete",
            "gnomon task delete"
        ),
        AnswerSchema("TaskList", AnswerShapes.taskList, file: "task-list", "gnomon task list"),
        AnswerSchema("ModelList", AnswerShapes.modelList, file: "model-list", "gnomon model list"),
        AnswerSchema(
            "Upload",
            UploadReport.shape,
            file: "upload",
            "gnomon predictions upload, gnomon labels upload"
        ),
        AnswerSchema(
            "UploadEntry",
            UploadRecord.shape,
            file: "uploads-show",
            "gnomon uploads show"
        ),
        AnswerSchema(nil, AnswerShapes.uploadList, file: "uploads-list", "gnomon uploads list"),
        AnswerSchema(
            "Withdrawal",
            WithdrawalReport.shape,
            file: "uploads-withdraw",
            "gnomon uploads withdraw"
        ),
        AnswerSchema("Forgetting", ForgettingReport.shape, file: "forget", "gnomon forget"),
        AnswerSchema(
            "Restatement",
            LedgerRestatement.shape,
            file: "ledger-restate",
            "gnomon ledger restate"
        ),
        AnswerSchema("Report", AnswerShapes.report, file: "report", "gnomon report"),
        AnswerSchema(
            "Calibration",
            CalibrationReport.shape,
            file: "calibration",
            "gnomon calibration"
        ),
        AnswerSchema("Comparison", ComparisonReport.shape, file: "compare", "gnomon compare"),
        AnswerSchema("PairPage", PairPage.shape, file: "pairs", "gnomon pairs"),
        AnswerSchema("Recommendation", Recommendation.shape, file: "recommend", "gnomon recommend"),
        AnswerSchema(
            "RecommendationHistory",
            AnswerShapes.recommendationHistory,
            file: "recommend-history",
            "gnomon recommend --history"
        ),
        AnswerSchema(
            "RecommendationWalk",
            AnswerShapes.recommendationWalk,
            file: "recommend-walk",
            "gnomon recommend --walk"
        ),
        AnswerSchema(
            "Acknowledgement",
            AnswerShapes.acknowledgement,
            file: "recommend-acknowledge",
            "gnomon recommend --acknowledge"
        ),
        AnswerSchema(
            "Recalibration",
            RecalibrationReport.shape,
            file: "recalibrate",
            "gnomon recalibrate"
        ),
        AnswerSchema(
            "LabelStatus",
            LabelStatusReport.shape,
            file: "labels-status",
            "gnomon labels status"
        ),
        AnswerSchema(nil, AnswerShapes.rejectList, file: "labels-rejects", "gnomon labels rejects"),
        AnswerSchema(
            nil,
            AnswerShapes.orphanList,
            file: "labels-orphans",
            "gnomon labels orphans"
        ),
        AnswerSchema("Maturing", AnswerShapes.maturing, file: "mature", "gnomon mature"),
        AnswerSchema("Pruning", AnswerShapes.pruning, file: "prune", "gnomon prune"),
        AnswerSchema("Verification", VerificationReport.shape, file: "verify", "gnomon verify"),
        AnswerSchema(
            "RowPage",
            AnswerShapes.rowPage,
            file: "rows",
            "The predictions behind a number"
        ),
        AnswerSchema(
            "PredictionRecord",
            PredictionRecord.shape,
            file: "prediction",
            "One prediction id"
        ),
    ]

    private static let lists: [AnswerSchema] = [
        AnswerSchema("RejectList", AnswerShapes.rejectPage),
        AnswerSchema("OrphanList", AnswerShapes.orphanPage),
        AnswerSchema("UploadList", AnswerShapes.uploadPage),
        AnswerSchema("ChangeList", AnswerShapes.changePage),
    ]

    private static let access: [AnswerSchema] = [
        AnswerSchema("OwnToken", AnswerShapes.ownToken),
        AnswerSchema("Token", AccessToken.shape),
        AnswerSchema("MadeToken", AnswerShapes.madeToken),
        AnswerSchema("TokenList", AnswerShapes.tokenList),
    ]
}
