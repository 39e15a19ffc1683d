package import Evaluation

extension PromotionVeto: Shaped {
    package static let shape = Shape<PromotionVeto>.object(
        "Why a gain that is sure over all days does not speak of the days now.",
        [
            .member(
                "kind",
                .choice,
                "gain_fell: the newest days surely have less than half of the gain, or less than the margin allows. "
                    + "recent_gain: that of the last matured days lies wholly below what is asked for. scores_moved: the "
                    + "shadow's scores are other than those that the labels are about. scores_flattened: they tell requests much less "
                    + "apart. nearly_the_same: the models hardly differ any more. few_pairs: the shadow leaves out requests."
            ) { $0.kind },
            .member("since", .instant, "Start of the first day that it speaks of.") { $0.since },
            .member("sentence", .sentence, "In words.") { $0.sentence },
        ]
    ).named("veto")
}
