import Evaluation

/// What the demo asks, in order, and what it says about the answers.
struct DemoStory: Sendable {
    static let task = "flights"
    static let delayTask = "flights-delay"

    let files: DemoFiles

    init(files: DemoFiles) {
        self.files = files
    }

    /// One question with the command lines that answer it.
    struct Screen: Sendable {
        var title: String
        var text: String
        var commands: [[String]]
    }

    static let introduction =
        "Will a flight leaving New York arrive more than 15 minutes late? Two models said so two hours "
        + "before each departure of 2013: the champion, trained once in winter, and a shadow, trained "
        + "anew every four weeks. The labels are real and came when the plane landed, so late flights "
        + "were labelled late, and cancelled ones never. Below, each question stands with the command "
        + "that answers it."

    private static let mapping =
        "prediction_id=key,predicted_at=event_time,known_at=event_time,version=model_version"
    private static let labelMapping =
        "prediction_id=key,observed_at=label_time,known_at=label_time"

    /// The evening on which the last 12 hours are looked at.
    static let now = "2013-06-24T22:00:00Z"
    /// The 12 hours to that minute; the end of an interval is no part of it.
    static let evening = (from: "2013-06-24T10:01:00Z", to: "2013-06-24T22:01:00Z")

    var screens: [Screen] {
        [
            loading, labels, months, evening, calibration, comparison, recommendations, delays,
            verification,
        ]
    }

    private var loading: Screen {
        let settings = ["--time-zone", "America/New_York", "--horizon", "2d"]
        return Screen(
            title: "Bring it in",
            text:
                "Two tasks: the probability of being late, and the delay in minutes. The files are "
                + "history, so --backfill takes from them when each row became known. The ids begin with flight "
                + "numbers, so each answer asks whether those are whom the evidence should count; here it "
                + "counts days.",
            commands: [
                ["task", "create", Self.task, "--kind", "binary"] + settings,
                [
                    "predictions", "upload", "--task", Self.task, "--backfill", "--columns",
                    Self.mapping, "--ignore", "expected_delay_min", files.predictionsPath,
                ],
                [
                    "labels", "upload", "--task", Self.task, "--backfill", "--columns",
                    Self.labelMapping, "--ignore", "arrival_delay_min", files.labelsPath,
                ],
                ["task", "create", Self.delayTask, "--kind", "regression"] + settings,
                [
                    "predictions", "upload", "--task", Self.delayTask, "--backfill", "--columns",
                    Self.mapping, "--columns", "value=expected_delay_min", "--ignore", "score",
                    files.predictionsPath,
                ],
                [
                    "labels", "upload", "--task", Self.delayTask, "--backfill", "--columns",
                    Self.labelMapping, "--columns", "label=arrival_delay_min", "--ignore",
                    "label", files.labelsPath,
                ],
            ]
        )
    }

    private var labels: Screen {
        Screen(
            title: "Which labels are here, and how long do they take?",
            text: "",
            commands: [["labels", "status", "--task", Self.task]]
        )
    }

    private var months: Screen {
        Screen(
            title: "How good is each model, month by month?",
            text: "",
            commands: [
                [
                    "report", "--task", Self.task, "--by", "month", "--metrics",
                    "brier_score,roc_auc",
                ]
            ]
        )
    }

    private var evening: Screen {
        let window = [
            "report", "--task", Self.task, "--from", Self.evening.from, "--to", Self.evening.to,
        ]
        return Screen(
            title: "Can the last 12 hours be trusted? The evening of 24 June",
            text: "First as it was known at 22:00 UTC, then as it is known today.",
            commands: [window + ["--as-of", Self.now], window]
        )
    }

    private var calibration: Screen {
        Screen(
            title: "Do the champion's probabilities mean what they say?",
            text: "",
            commands: [["calibration", "--task", Self.task, "--model", "champion"]]
        )
    }

    private var comparison: Screen {
        Screen(
            title: "Is the shadow better, on the same flights?",
            text: "",
            commands: [["compare", "--task", Self.task, "--exact"]]
        )
    }

    private var recommendations: Screen {
        Screen(
            title: "Is retraining warranted? As of 1 May, 1 July and 1 November",
            text: "",
            commands: ["2013-05-01", "2013-07-01", "2013-11-01"].map {
                ["recommend", "--task", Self.task, "--as-of", $0]
            }
        )
    }

    private var delays: Screen {
        Screen(
            title: "And the delay in minutes?",
            text: "",
            commands: [["report", "--task", Self.delayTask]]
        )
    }

    private var verification: Screen {
        Screen(
            title: "Is what is stored what the rows give?",
            text: "",
            commands: [["verify", "--task", Self.task]]
        )
    }

    /// What a person does next.
    static let next = [
        "gnomon task create churn --kind binary --horizon 60d --time-zone Europe/Berlin",
        "gnomon predictions upload --task churn predictions.csv",
        "gnomon labels upload --task churn labels.csv",
    ]
}
