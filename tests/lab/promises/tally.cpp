// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/tally.h"

#include "tests/lab/promises/sense.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace halfopen::promises {

namespace {

std::size_t count(const std::map<Grade, std::size_t>& counts, Grade grade) {
    const auto found = counts.find(grade);
    return found == counts.end() ? 0 : found->second;
}

double sinceStart(const Story& story, MonotonicTime at) {
    return std::chrono::duration<double>(at - story.samples.front().connection.sampled).count();
}

std::string endOf(const Story& story) {
    if (!story.ending)
        return fmt::format("was there to the last, {:.3f} s", sinceStart(story, story.until));
    return fmt::format("ended at {:.3f}..{:.3f} s, {}", sinceStart(story, story.ending->low),
                       sinceStart(story, story.ending->high),
                       story.ending->vanished ? "vanished" : fmt::format("error {}", story.ending->error));
}

/// Two sorts of breaking a promise are one where only numbers differ.
std::string sortOf(const GradedPromise& promise, const Row& row) {
    const auto& forecast = row.forecast;
    std::string what = promise.why;
    if (promise.subject != Subject::Sense)
        what = promise.subject == Subject::Next ? halfopen::toString(forecast.nextEvent)
                                                : halfopen::toString(forecast.cause);
    return fmt::format("{} {} {} {}", toString(promise.subject), halfopen::toString(row.connection.state),
                       halfopen::toString(forecast.regime), what);
}

/// HALFOPEN_TRACE: all samples of connections of which a promise was broken.
std::string trace(const Story& story) {
    std::string text;
    for (const auto& row : story.samples)
        text += fmt::format("      {:.3f} s: {}\n", sinceStart(story, row.connection.sampled), describe(row));
    for (const auto& packet : story.wire)
        text += fmt::format("      {:.3f} s: {}{} flags {}\n", sinceStart(story, packet.at),
                            packet.outgoing ? "out" : "in", packet.icmp ? " ICMP" : "", packet.flags);
    return text;
}

std::size_t mostOfASort() {
    const char* most = std::getenv("HALFOPEN_BROKEN");
    return most != nullptr ? std::strtoul(most, nullptr, 10) : 2;
}

} // namespace

void Tally::add(const std::string& kind, std::uint64_t seed, const Story& story,
                const std::vector<GradedPromise>& promises) {
    auto& line = m_lines[kind];
    ++line.stories;
    line.samples += story.samples.size();
    if (story.samples.empty() && !story.ending)
        addFailure(kind, seed, story.title + ": no sample");
    bool traced = std::getenv("HALFOPEN_TRACE") == nullptr;
    for (const auto& promise : promises) {
        ++line.counts[promise.grade];
        const auto& row = story.samples.empty() ? Row{} : story.samples[promise.sample];
        if (promise.grade == Grade::Kept && (promise.subject == Subject::Next || promise.subject == Subject::End))
            line.errors.push_back(std::abs(promise.error));
        if (promise.subject == Subject::End && promise.timeLeft > 1) {
            line.widths.push_back(promise.width / promise.timeLeft);
            line.widthsMs.push_back(promise.width);
            m_bands.add(promise.timeLeft, promise.width);
        }
        if (promise.grade != Grade::Broken)
            continue;
        const auto sort = kind + ": " + sortOf(promise, row);
        if (++m_sorts[sort] > mostOfASort() || story.samples.empty())
            continue;
        auto deeds = std::string();
        for (const auto& deed : story.deeds)
            deeds += fmt::format("; at {:.3f} s {}", sinceStart(story, deed.at), deed.what);
        m_broken[kind].push_back(fmt::format(
            "  [{}] {}: {}\n    HALFOPEN_KINDS={} HALFOPEN_SEED={}: {}{}; {}\n    sample {} of {} at {:.3f} s: {}\n",
            sort, promises::toString(promise.subject), promise.why, kind, seed, story.title, deeds, endOf(story),
            promise.sample + 1, story.samples.size(), sinceStart(story, row.connection.sampled),
            promises::describe(row)));
        if (!std::exchange(traced, true))
            m_broken[kind].back() += trace(story);
    }
}

void Tally::addFailure(const std::string& kind, std::uint64_t seed, const std::string& why) {
    m_lines[kind];
    m_broken[kind].push_back(fmt::format("  HALFOPEN_KINDS={} HALFOPEN_SEED={}: {}\n", kind, seed, why));
}

std::string Tally::describe(const std::string& name, const Line& line) {
    const auto of = [&](Grade grade) { return count(line.counts, grade); };
    return fmt::format(
        "{:24} {:6} {:7} {:7} {:7} {:7} {:5} {:6} {:7} {:9.1f} {:9.0f} {:8.2f} {:8.2f}\n", name, line.stories,
        line.samples, of(Grade::Kept) + of(Grade::Excused) + of(Grade::Late) + of(Grade::Broken), of(Grade::Kept),
        of(Grade::Excused), of(Grade::Late), of(Grade::Broken), of(Grade::Open), quantile(line.errors, 0.5),
        quantile(line.widthsMs, 0.5), quantile(line.widths, 0.5), quantile(line.widths, 1));
}

Tally::Line Tally::total() const {
    Line all;
    for (const auto& [kind, line] : m_lines) {
        all.stories += line.stories;
        all.samples += line.samples;
        for (const auto& [grade, count] : line.counts)
            all.counts[grade] += count;
        all.errors.insert(all.errors.end(), line.errors.begin(), line.errors.end());
        all.widths.insert(all.widths.end(), line.widths.begin(), line.widths.end());
        all.widthsMs.insert(all.widthsMs.end(), line.widthsMs.begin(), line.widthsMs.end());
    }
    return all;
}

void Tally::addOwn(const std::string& kind, std::uint64_t seed, OwnGrades grades) {
    for (const auto& one : grades.broken)
        m_ownBroken.push_back(fmt::format("  HALFOPEN_KINDS={} HALFOPEN_SEED={}: {}\n", kind, seed, one->report));
    m_own.push_back(std::move(grades));
}

std::string Tally::ownGrades() const {
    ForecastTotals all;
    std::vector<double> medians; // each as often as its scene has grades
    for (const auto& [scene, broken] : m_own) {
        all.graded += scene.graded;
        all.kept += scene.kept;
        all.excused += scene.excused;
        all.broken += scene.broken;
        if (scene.medianErrorMs)
            medians.insert(medians.end(), scene.graded, *scene.medianErrorMs);
        all.worstErrorMs = std::max(all.worstErrorMs.value_or(0), scene.worstErrorMs.value_or(0));
    }
    return fmt::format(
        "the program's own grades: {} graded, {} kept, {} excused, {} broken; error of points: median of "
        "the scenes' medians {:.1f} ms, worst {:.1f} ms\n",
        all.graded, all.kept, all.excused, all.broken, quantile(medians, 0.5), all.worstErrorMs.value_or(0));
}

std::string Tally::toString() const {
    auto text = fmt::format("{:24} {:>6} {:>7} {:>7} {:>7} {:>7} {:>5} {:>6} {:>7} {:>9} {:>9} {:>8} {:>8}\n", "kind",
                            "conns", "samples", "graded", "kept", "excused", "late", "BROKEN", "open", "error ms",
                            "width ms", "width/left", "worst");
    for (const auto& [kind, line] : m_lines)
        text += describe(kind, line);
    text += describe("all", total());
    text += m_bands.toString() + ownGrades();
    for (const auto& [kind, broken] : m_broken) {
        text += fmt::format("{}:\n", kind);
        for (const auto& one : broken)
            text += one;
    }
    if (!m_ownBroken.empty())
        text += fmt::format("broken by the program's own grades:\n{}", fmt::join(m_ownBroken, ""));
    for (const auto& [sort, times] : m_sorts)
        text += fmt::format("{:6} x {}\n", times, sort);
    return text;
}

std::vector<std::string> Tally::brokenKinds() const {
    std::vector<std::string> kinds;
    for (const auto& [kind, broken] : m_broken)
        kinds.push_back(kind);
    return kinds;
}

std::size_t Tally::broken() const {
    std::size_t all = 0;
    for (const auto& [kind, line] : m_lines)
        all += count(line.counts, Grade::Broken);
    return all;
}

std::size_t Tally::graded() const {
    const auto counts = total().counts;
    return count(counts, Grade::Kept) + count(counts, Grade::Excused) + count(counts, Grade::Late) +
           count(counts, Grade::Broken);
}

} // namespace halfopen::promises
