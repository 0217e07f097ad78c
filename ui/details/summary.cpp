// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/summary.h"

#include "ui/look/duration_text.h"
#include "ui/look/permission.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>
#include <ranges>
#include <string_view>

namespace halfopen {

namespace {

struct SummaryText {
    Q_DECLARE_TR_FUNCTIONS(Summary)
};

constexpr std::size_t kLookedAt = 20'000;
constexpr std::size_t kNamed = 3; ///< programs of a line
constexpr std::size_t kEnds = 2;  ///< of a line

using Rows = std::vector<const Row*>;

QString number(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString listed(const QStringList& parts) {
    return parts.join(SummaryText::tr(", ", "between parts of a list"));
}

QString programOf(const Frame& frame, const Row& row) {
    const auto& owners = frame.ownersOf(row);
    return owners.empty() ? SummaryText::tr("not known") : fromCore(owners.front().name);
}

/// "firefox 38, java 31, 2 more programs": the most frequent first.
QString programsText(const Frame& frame, const Rows& rows) {
    std::map<QString, std::size_t> counts;
    for (const Row* row : rows | std::views::take(kLookedAt))
        ++counts[programOf(frame, *row)];
    std::vector<std::pair<QString, std::size_t>> byCount(counts.begin(), counts.end());
    std::ranges::stable_sort(byCount, [](const auto& a, const auto& b) { return a.second > b.second; });
    QStringList parts;
    for (const auto& [name, count] : byCount | std::views::take(kNamed))
        parts.append(QStringLiteral("%1 %2").arg(name, number(count)));
    if (byCount.size() > kNamed)
        parts.append(SummaryText::tr("%n more program(s)", nullptr, static_cast<int>(byCount.size() - kNamed)));
    return listed(parts);
}

bool hasEnd(const Row* row) {
    return row->forecast.cause != GiveUpCause::None && !endsOrderly(row->forecast.cause);
}

MonotonicTime endOf(const Row* row) {
    return row->connection.sampled + row->forecast.shownEnd().latest;
}

QString endText(const Frame& frame, const Row& row, MonotonicTime now) {
    return SummaryText::tr("%1 to %2 given up %3", "program, peer, when")
        .arg(programOf(frame, row), fromCore(frame.remoteOf(row)),
             countdownSentence(row.forecast.shownEnd(), row.connection.sampled, now, isGuess(row.forecast)));
}

/// Those that are given up next.
SummaryLine& withEnds(SummaryLine& line, const Frame& frame, Rows rows, MonotonicTime now) {
    std::erase_if(rows, [](const Row* row) { return !hasEnd(row); });
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(std::min(kEnds, rows.size()));
    std::ranges::partial_sort(rows, first, {}, endOf);
    QStringList parts;
    for (const Row* row : rows | std::views::take(kEnds)) {
        parts.append(endText(frame, *row, now));
        line.guess = line.guess || isGuess(row->forecast);
    }
    line.detail = parts.join(SummaryText::tr("; ", "between two clauses"));
    return line;
}

class MachineSummary {
public:
    MachineSummary(const Frame& frame, const std::vector<std::uint32_t>& shown, MonotonicTime now)
        : m_frame(frame)
        , m_now(now) {
        for (const auto index : shown) {
            const Row& row = frame.rows[index];
            if (row.change == Change::Closed)
                continue;
            ++m_shown;
            auto& rows = m_rows[static_cast<std::size_t>(row.diagnosis)];
            ++m_counts[static_cast<std::size_t>(row.diagnosis)];
            if (m_shown <= kLookedAt) {
                rows.push_back(&row);
                m_unread += needsPermission(row);
            }
        }
    }

    Summary take() {
        m_summary.headline =
            SummaryText::tr("%n connection(s) shown, none is chosen", nullptr, static_cast<int>(m_shown));
        if (m_shown == 0)
            return std::move(m_summary);
        addSuspect();
        addUnguarded();
        addAbandoned();
        addDead();
        if (m_summary.lines.empty())
            m_summary.lines.push_back(
                {Diagnosis::Guarded, SummaryText::tr("Nothing is wrong: each of them is watched, or moves.")});
        addUnread();
        return std::move(m_summary);
    }

private:
    std::size_t count(Diagnosis word) const { return m_counts[static_cast<std::size_t>(word)]; }
    const Rows& rows(Diagnosis word) const { return m_rows[static_cast<std::size_t>(word)]; }

    void addSuspect() {
        if (count(Diagnosis::Suspect) == 0)
            return;
        SummaryLine line{Diagnosis::Suspect, SummaryText::tr("%n may have lost their peer", nullptr,
                                                             static_cast<int>(count(Diagnosis::Suspect)))};
        withEnds(line, m_frame, rows(Diagnosis::Suspect), m_now);
        line.verb = Verb::ShowSuspect;
        line.verbText = SummaryText::tr("Show");
        m_summary.lines.push_back(line);
    }
    void add(Diagnosis word, const QString& text, Verb verb) {
        m_summary.lines.push_back({word, text, programsText(m_frame, rows(word)), verb, SummaryText::tr("Show")});
    }
    void addUnguarded() {
        if (const auto n = static_cast<int>(count(Diagnosis::Unguarded)); n > 0)
            add(Diagnosis::Unguarded, SummaryText::tr("%n would stay open for ever if the peer were gone", nullptr, n),
                Verb::ShowUnguarded);
    }
    void addAbandoned() {
        if (const auto n = static_cast<int>(count(Diagnosis::Abandoned)); n > 0)
            add(Diagnosis::Abandoned, SummaryText::tr("%n closed by the peer, and not by the program", nullptr, n),
                Verb::ShowAbandoned);
    }
    void addDead() {
        if (m_frame.dead.empty())
            return;
        m_summary.lines.push_back(
            {Diagnosis::Closing,
             SummaryText::tr("%n ended, and still open in the program", nullptr, static_cast<int>(m_frame.dead.size())),
             {},
             Verb::ShowDead,
             SummaryText::tr("Show")});
    }
    void addUnread() {
        if (m_unread > 0)
            m_summary.lines.push_back({std::nullopt,
                                       SummaryText::tr("%n without program or options: they take root to read", nullptr,
                                                       static_cast<int>(m_unread)),
                                       {},
                                       Verb::ReadExactly,
                                       SummaryText::tr("Read Exactly...")});
    }

    const Frame& m_frame;
    MonotonicTime m_now;
    std::size_t m_shown = 0;
    std::size_t m_unread = 0;
    std::array<std::size_t, kDiagnosisCount> m_counts{};
    std::array<Rows, kDiagnosisCount> m_rows;
    Summary m_summary;
};

/// "guarded 2, unguarded 1"
QString diagnosesText(const Rows& rows) {
    std::array<std::size_t, kDiagnosisCount> counts{};
    for (const Row* row : rows)
        ++counts[static_cast<std::size_t>(row->diagnosis)];
    QStringList parts;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            parts.append(QStringLiteral("%1 %2").arg(diagnosisLabel(static_cast<Diagnosis>(i)), number(counts[i])));
    }
    return listed(parts);
}

/// "7200 (2), 60 (1)": the values of one option, the most frequent first.
QString valuesText(const Rows& rows, const std::function<QString(const Row&)>& value) {
    std::map<QString, std::size_t> counts;
    for (const Row* row : rows | std::views::take(kLookedAt)) {
        if (!row->connection.isMini())
            ++counts[value(*row)];
    }
    std::vector<std::pair<QString, std::size_t>> byCount(counts.begin(), counts.end());
    std::ranges::stable_sort(byCount, [](const auto& a, const auto& b) { return a.second > b.second; });
    if (byCount.size() == 1)
        return byCount.front().first;
    QStringList parts;
    for (const auto& [text, count] : byCount | std::views::take(2 * kNamed))
        parts.append(SummaryText::tr("%1 (%2)", "value, how many").arg(text, number(count)));
    return listed(parts);
}

QString mark(Provenance from) {
    return from > Provenance::Derived ? QStringLiteral("~") : QString();
}

QString switchText(const Row& row) {
    const auto& o = row.options;
    const auto word = o.enabled == Switch::On    ? SummaryText::tr("on")
                      : o.enabled == Switch::Off ? SummaryText::tr("off")
                                                 : SummaryText::tr("not known");
    return o.enabled == Switch::Unknown ? word : QString(mark(o.enabledFrom) + word);
}

QString tripleText(const Row& row) {
    const auto& o = row.options;
    return QStringLiteral("%1%2 / %3%4 / %5%6")
        .arg(mark(o.idleFrom))
        .arg(o.idleSeconds)
        .arg(mark(o.intervalFrom))
        .arg(o.intervalSeconds)
        .arg(mark(o.probesFrom))
        .arg(o.probes);
}

QString sameOr(const Rows& rows, const QString& same, const QString& differs,
               const std::function<QString(const Row&)>& value) {
    const auto first = value(*rows.front());
    const bool all =
        std::ranges::all_of(rows | std::views::take(kLookedAt), [&](const Row* row) { return value(*row) == first; });
    return all ? same : differs;
}

SummaryLine endsLine(const Frame& frame, const Rows& rows, MonotonicTime now) {
    const auto never = std::ranges::count_if(rows, [](const Row* row) { return row->forecast.never; });
    SummaryLine line{std::nullopt, SummaryText::tr("Ends")};
    withEnds(line, frame, rows, now);
    QStringList parts;
    if (never > 0)
        parts.append(SummaryText::tr("%n never given up", nullptr, static_cast<int>(never)));
    if (!line.detail.isEmpty())
        parts.append(line.detail);
    line.detail = parts.isEmpty() ? SummaryText::tr("nothing is foreseen that would end them")
                                  : parts.join(SummaryText::tr("; ", "between two clauses"));
    return line;
}

} // namespace

Summary summaryOf(const Frame& frame, const std::vector<std::uint32_t>& shown, MonotonicTime now) {
    return MachineSummary(frame, shown, now).take();
}

Summary summaryOfChosen(const Frame& frame, const std::vector<const Row*>& rows, MonotonicTime now) {
    Summary summary;
    summary.headline = SummaryText::tr("%n connection(s) chosen", nullptr, static_cast<int>(rows.size()));
    const auto add = [&](const QString& text, const QString& detail) {
        summary.lines.push_back({std::nullopt, text, detail});
    };
    add(SummaryText::tr("Programs"), programsText(frame, rows));
    add(SummaryText::tr("Diagnoses"), diagnosesText(rows));
    summary.lines.push_back(endsLine(frame, rows, now));
    add(sameOr(rows, SummaryText::tr("Keepalive"), SummaryText::tr("Keepalive differs"), switchText),
        valuesText(rows, switchText));
    add(sameOr(rows, SummaryText::tr("Idle / interval / probes"), SummaryText::tr("Idle / interval / probes differ"),
               tripleText),
        valuesText(rows, tripleText));
    return summary;
}

} // namespace halfopen
