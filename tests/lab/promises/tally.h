// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/grade.h"
#include "tests/lab/promises/bands.h"
#include "tests/lab/promises/grader.h"
#include "tests/lab/promises/own_grades.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace halfopen::promises {

/// The grades of many stories, by kind.
class Tally {
public:
    void add(const std::string& kind, std::uint64_t seed, const Story& story,
             const std::vector<GradedPromise>& promises);
    /// A script that could not be played.
    void addFailure(const std::string& kind, std::uint64_t seed, const std::string& why);

    void addOwn(const std::string& kind, std::uint64_t seed, OwnGrades grades);

    /// One line a kind and one for all, the bands against the time that was left and the program's own grades; then the
    /// broken promises: of each kind and sort the first few with their whole sample.
    std::string toString() const;
    /// Kinds of which a promise was broken or a script failed.
    std::vector<std::string> brokenKinds() const;
    std::size_t graded() const;
    std::size_t broken() const;

private:
    struct Line {
        std::size_t stories = 0;
        std::size_t samples = 0;
        std::map<Grade, std::size_t> counts;
        std::vector<double> errors;
        std::vector<double> widths; ///< of the ends' bands, as a part of the time that was left
        std::vector<double> widthsMs;
    };
    static std::string describe(const std::string& name, const Line& line);
    Line total() const;
    std::string ownGrades() const;

    std::map<std::string, Line> m_lines;
    Bands m_bands;
    std::vector<OwnGrades> m_own;                             ///< of each scene
    std::vector<std::string> m_ownBroken;                     ///< what the program itself saw broken
    std::map<std::string, std::vector<std::string>> m_broken; ///< by kind
    std::map<std::string, std::size_t> m_sorts;               ///< how many of each sort were broken
};

} // namespace halfopen::promises
