// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/promises/story.h"
#include "tests/lab/wire/lateness.h"

#include <string>
#include <vector>

namespace halfopen::promises {

enum class Grade : unsigned char {
    Kept,
    Excused, ///< something came between that the promise had named
    Late,    ///< off by no more than what timer handlers that ran late on this machine explain
    Broken,
    Open, ///< its moment did not come while one looked
};

/// What a promise is about.
enum class Subject : unsigned char { Next, End, Never, Sense };
const char* toString(Subject subject);

/// One promise of one sample, held against what happened.
struct GradedPromise {
    std::size_t sample = 0; ///< index into Story::samples
    Subject subject = Subject::Next;
    Grade grade = Grade::Open;
    std::string why;     ///< of Excused and Broken
    double timeLeft = 0; ///< ms from the sample to what was promised
    double width = 0;    ///< ms of the band
    double error = 0;    ///< ms by which `expected` was off; of kept ones
};

/// Grades every promise of every sample.
///
/// The invariant: what is promised happens between `earliest` and `latest`, or something that `assumes` names was seen
/// to begin after the sample: by a later sample, on the wire, or because the script did it. 60 ms are allowed, and how
/// late this machine was for everybody. A timer handler that ran late arms the next timer from there, which moves the
/// rest of its chain by a granule each: such a promise counts as Late, neither as kept nor as broken.
std::vector<GradedPromise> grade(const Story& story, const test::Lateness& lateness);

} // namespace halfopen::promises
