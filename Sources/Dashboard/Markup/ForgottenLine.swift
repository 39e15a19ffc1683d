import Presentation

/// What a page says where requests are missing, for their rows were deleted.
enum ForgottenLine {
    static func html(_ count: Int64) -> HTML {
        ForgottenNote.note(count).map { "<p class=\"small soft\">\($0)</p>" } ?? .empty
    }
}
