// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/summary.h"

#include "ui/look/duration_text.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <numeric>
#include <ranges>

namespace halfopen {

namespace {

struct SummaryText {
    Q_DECLARE_TR_FUNCTIONS(Summary)
};

QString localNumber(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString listed(const QStringList& parts) {
    return parts.join(SummaryText::tr(", ", "between parts of a list"));
}

QString programName(const std::string& name) {
    return name.empty() ? SummaryText::tr("not known") : fromCore(name);
}

QString programOf(const Frame& frame, const Row& row) {
    const auto& owners = frame.ownersOf(row);
    return programName(owners.empty() ? std::string() : owners.front().name);
}

/// "firefox 38, java 31, 2 more programs": the most frequent first.
QString programsText(const ProgramCounts& programs) {
    QStringList parts;
    for (const auto& [name, count] : programs.most)
        parts.append(QStringLiteral("%1 %2").arg(programName(name), localNumber(count)));
    if (programs.others > 0)
        parts.append(SummaryText::tr("%n more program(s)", nullptr, static_cast<int>(programs.others)));
    return listed(parts);
}

QString endText(const Frame& frame, const Row& row, MonotonicTime now) {
    const auto when = countdownSentence(row.forecast.shownEnd(), row.connection.sampled, now, isGuess(row.forecast));
    if (frame.ownersOf(row).empty())
        return SummaryText::tr("%1 given up %2", "peer, when").arg(fromCore(frame.remoteOf(row)), when);
    return SummaryText::tr("%1 to %2 given up %3", "program, peer, when")
        .arg(programOf(frame, row), fromCore(frame.remoteOf(row)), when);
}

/// Those that are given up next.
void addEnds(SummaryLine& line, const Frame& frame, const std::vector<const Row*>& ends, MonotonicTime now) {
    QStringList parts;
    for (const Row* row : ends) {
        parts.append(endText(frame, *row, now));
        line.guess = line.guess || isGuess(row->forecast);
    }
    line.detail = parts.join(SummaryText::tr("; ", "between two clauses"));
}

class MachineSummary {
public:
    MachineSummary(const Frame& frame, const ShownSummary& counted, MonotonicTime now)
        : m_frame(frame)
        , m_counted(counted)
        , m_now(now) {}

    Summary take() {
        const auto shown = std::accumulate(m_counted.counts.begin(), m_counted.counts.end(), 0);
        m_summary.headline = SummaryText::tr("%n connection(s) shown, none is chosen", nullptr, shown);
        if (shown == 0)
            return std::move(m_summary);
        addSuspect();
        if (const int n = count(Diagnosis::Unguarded); n > 0)
            add(Diagnosis::Unguarded, SummaryText::tr("%n would stay open for ever if the peer were gone", nullptr, n),
                m_counted.unguarded, Verb::ShowUnguarded, Verb::Guard);
        if (const int n = count(Diagnosis::Abandoned); n > 0)
            add(Diagnosis::Abandoned,
                SummaryText::tr("%n closed by the peer, or ended, and not closed by the program", nullptr, n),
                m_counted.abandoned, Verb::ShowAbandoned);
        addDead();
        if (m_summary.lines.empty())
            m_summary.lines.push_back(
                {Diagnosis::Guarded, SummaryText::tr("Nothing is wrong: each of them is watched, or moves.")});
        addUnread();
        return std::move(m_summary);
    }

private:
    int count(Diagnosis word) const { return static_cast<int>(m_counted.counts[static_cast<std::size_t>(word)]); }

    void addSuspect() {
        const int n = count(Diagnosis::Suspect);
        if (n == 0)
            return;
        SummaryLine line{Diagnosis::Suspect, SummaryText::tr("%n may have lost their peer", nullptr, n)};
        std::vector<const Row*> ends;
        for (const std::uint32_t index : m_counted.ends)
            ends.push_back(&m_frame.rows[index]);
        addEnds(line, m_frame, ends, m_now);
        line.verb = Verb::ShowSuspect;
        line.verbText = SummaryText::tr("Show");
        m_summary.lines.push_back(line);
    }
    void add(Diagnosis word, const QString& text, const ProgramCounts& programs, Verb verb, Verb second = Verb::None) {
        SummaryLine line{word, text, programsText(programs), verb, SummaryText::tr("Show")};
        if (second == Verb::Guard && m_frame.isHere()) {
            line.second = second;
            line.secondText = SummaryText::tr("Guard New Ones...");
        }
        m_summary.lines.push_back(line);
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
        if (m_counted.needPermission > 0)
            m_summary.lines.push_back({std::nullopt,
                                       SummaryText::tr("%n without program or options: they take root to read", nullptr,
                                                       static_cast<int>(m_counted.needPermission)),
                                       {},
                                       Verb::ReadExactly,
                                       SummaryText::tr("Read Exactly...")});
    }

    const Frame& m_frame;
    const ShownSummary& m_counted;
    MonotonicTime m_now;
    Summary m_summary;
};

/// "7200 (2), 60 (1)": the values of one option, the most frequent first.
QString valuesText(const std::vector<ChosenSummary::Alike>& values, QString (*text)(const Row&)) {
    constexpr int kMost = 6;
    if (values.size() == 1)
        return text(*values.front().first);
    QStringList parts;
    for (const auto& [row, count] : values | std::views::take(kMost))
        parts.append(SummaryText::tr("%1 (%2)", "value, how many").arg(text(*row), localNumber(count)));
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

SummaryLine endsLine(const Frame& frame, const ChosenSummary& chosen, MonotonicTime now) {
    SummaryLine line{std::nullopt, SummaryText::tr("Ends")};
    addEnds(line, frame, chosen.ends, now);
    QStringList parts;
    if (chosen.never > 0)
        parts.append(SummaryText::tr("%n never given up", nullptr, static_cast<int>(chosen.never)));
    if (!line.detail.isEmpty())
        parts.append(line.detail);
    line.detail = parts.isEmpty() ? SummaryText::tr("nothing is foreseen that would end them")
                                  : parts.join(SummaryText::tr("; ", "between two clauses"));
    return line;
}

} // namespace

Summary summaryOf(const Frame& frame, const ShownSummary& counted, MonotonicTime now) {
    return MachineSummary(frame, counted, now).take();
}

Summary summaryOfChosen(const Frame& frame, const ChosenSummary& chosen, MonotonicTime now) {
    Summary summary;
    const auto count = std::accumulate(chosen.counts.begin(), chosen.counts.end(), 0);
    summary.headline = SummaryText::tr("%n connection(s) chosen", nullptr, count);
    const auto add = [&](const QString& text, const QString& detail) {
        summary.lines.push_back({std::nullopt, text, detail});
    };
    add(SummaryText::tr("Programs"), programsText(chosen.programs));
    add(SummaryText::tr("Diagnoses"), diagnosesText(chosen.counts));
    summary.lines.push_back(endsLine(frame, chosen, now));
    add(chosen.switches.size() <= 1 ? SummaryText::tr("Keepalive") : SummaryText::tr("Keepalive differs"),
        valuesText(chosen.switches, switchText));
    add(chosen.options.size() <= 1 ? SummaryText::tr("Idle / interval / probes")
                                   : SummaryText::tr("Idle / interval / probes differ"),
        valuesText(chosen.options, tripleText));
    return summary;
}

} // namespace halfopen
