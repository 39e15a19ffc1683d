/// Arithmetic of the proleptic Gregorian calendar.
enum CivilDate {
    static func isLeapYear(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeapYear(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The number of days from 1970-01-01 to a date of the years 0001 to 9999.
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        // Years begin in March, so that the leap day is the last day of its year.
        let marchYear = month > 2 ? year : year - 1
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear
            - 719_468
    }

    static func isFirstOfJanuaryOrJuly(daysSinceEpoch day: Int) -> Bool {
        // The year is guessed from its mean length and is off by one at most.
        let guess = 1970 + Int((Double(day) / 365.2425).rounded(.down))
        return (guess - 1...guess + 1).contains { year in
            daysSinceEpoch(year: year, month: 1, day: 1) == day
                || daysSinceEpoch(year: year, month: 7, day: 1) == day
        }
    }
}
