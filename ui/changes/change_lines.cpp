// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/changes/change_lines.h"

#include "ui/actions/action_strings.h"
#include "ui/look/netns_strings.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <map>
#include <tuple>
#include <utility>

namespace halfopen {

namespace {

struct ChangeLines {
    Q_DECLARE_TR_FUNCTIONS(ChangeLines)
};

constexpr std::size_t kNamed = 3; ///< connections; of more the programs are named

QString fromTo(const char* name, const QString& before, const QString& after) {
    //: the name of an option, what it was, what it is now
    return ChangeLines::tr("%1: %2 → %3").arg(QLatin1String(name), before, after);
}

QString inUnit(std::int32_t value, const char* unit) {
    const QString number = QLocale().toString(value);
    return unit ? ChangeLines::tr("%1 %2", "a number, its unit").arg(number, QLatin1String(unit)) : number;
}

/// What was, as far as it was known.
QString wasText(const QString& value, Provenance from) {
    return from == Provenance::Exact
               ? value
               : ChangeLines::tr("%1 (%2)", "a value, how far it is known").arg(value, provenanceLabel(from));
}

QString switchText(bool on) {
    return on ? ChangeLines::tr("on") : ChangeLines::tr("off");
}

QString valuesOf(const ChangeRound::Result& result) {
    const OptionsChange& change = result.change;
    const KeepaliveOptions& before = result.before;
    QStringList values;
    const auto add = [&](const char* name, const auto& changed, auto was, Provenance from, const char* unit) {
        if (changed)
            values.append(
                fromTo(name, wasText(inUnit(static_cast<std::int32_t>(was), unit), from), inUnit(*changed, unit)));
    };
    if (change.enabled) {
        const bool known = before.enabled != Switch::Unknown;
        values.append(fromTo("SO_KEEPALIVE",
                             known ? wasText(switchText(before.enabled == Switch::On), before.enabledFrom)
                                   : ChangeLines::tr("not known"),
                             switchText(*change.enabled)));
    }
    add("TCP_KEEPIDLE", change.idleSeconds, before.idleSeconds, before.idleFrom, "s");
    add("TCP_KEEPINTVL", change.intervalSeconds, before.intervalSeconds, before.intervalFrom, "s");
    add("TCP_KEEPCNT", change.probes, before.probes, before.probesFrom, nullptr);
    add("TCP_USER_TIMEOUT", change.userTimeoutMs, before.userTimeout.count(), before.userTimeoutFrom, "ms");
    return values.join(ChangeLines::tr("; ", "between values"));
}

QString stateOf(const ChangeRound::Result& result) {
    if (!result.outcome) {
        const QString why = withoutStop(refusalSentence(result.outcome.error()));
        return why.isEmpty() ? ChangeLines::tr("not done: the dialog was closed")
                             : ChangeLines::tr("not done: %1").arg(why);
    }
    if (!result.undoes)
        return ChangeLines::tr("in effect");
    QStringList own;
    for (const auto& [bit, name] :
         {std::pair(follows::Idle, "TCP_KEEPIDLE"), std::pair(follows::Interval, "TCP_KEEPINTVL"),
          std::pair(follows::Probes, "TCP_KEEPCNT")})
        if ((result.nowOwn & bit) != 0)
            own.append(QLatin1String(name));
    return own.isEmpty() ? ChangeLines::tr("in effect, as before")
                         : ChangeLines::tr("in effect, as before; now its own, following no setting: %1")
                               .arg(own.join(ChangeLines::tr(", ", "between options")));
}

/// A few by themselves, more by their programs.
QString namesOf(const Targets& targets, std::size_t count) {
    const auto all = targets.count() <= kNamed ? connectionLines(targets) : programLines(targets);
    const auto names = all.join(ChangeLines::tr(", "));
    const auto n = static_cast<int>(count);
    if (targets.empty())
        return ChangeLines::tr("%n connection(s) that have ended", nullptr, n);
    return count == 1 ? names : ChangeLines::tr("%n connection(s): %1", nullptr, n).arg(names);
}

QString byHalfopen() {
    return ChangeLines::tr("Halfopen");
}

QString valuesOf(const KeepaliveDefaults& before, const KeepaliveDefaults& after) {
    QStringList values;
    const auto add = [&](const char* name, std::int32_t was, std::int32_t is, const char* unit) {
        if (was != is)
            values.append(fromTo(name, inUnit(was, unit), inUnit(is, unit)));
    };
    add("tcp_keepalive_time", before.time, after.time, "s");
    add("tcp_keepalive_intvl", before.interval, after.interval, "s");
    add("tcp_keepalive_probes", before.probes, after.probes, nullptr);
    return values.join(ChangeLines::tr("; ", "between values"));
}

QString placeOf(const NetnsContextPtr& netns) {
    return !netns || netns->number == 0 ? ChangeLines::tr("Settings of this machine")
                                        : ChangeLines::tr("Settings of %1").arg(netnsName(*netns));
}

} // namespace

std::vector<LoggedChange> linesOf(const ChangeRound& round, const FramePtr& frame) {
    using Alike = std::tuple<QString, QString, std::uint64_t>; // what is said of each, and what it takes back
    std::map<Alike, std::pair<LoggedChange, Targets>> lines;
    for (const ChangeRound::Result& result : round.results) {
        const Alike alike{valuesOf(result), stateOf(result), result.undoes};
        auto& [line, targets] = lines[alike];
        line.values = std::get<0>(alike);
        line.state = std::get<1>(alike);
        line.round = result.outcome && !round.undo ? round.number : 0;
        line.sockets.push_back(result.socket);
        if (const Row* row = frame ? frame->find(result.socket) : nullptr)
            targets.rows.push_back(row);
    }
    std::vector<LoggedChange> all;
    for (auto& [alike, one] : lines) {
        auto& [line, targets] = one;
        targets.frame = frame;
        line.when = QDateTime::currentDateTime();
        line.of = namesOf(targets, line.sockets.size());
        line.by = byHalfopen();
        all.push_back(std::move(line));
    }
    return all;
}

LoggedChange lineOf(const CloseRound& round, const Targets& targets) {
    LoggedChange line;
    line.when = QDateTime::currentDateTime();
    line.of = namesOf(targets, round.wanted);
    line.values = ChangeLines::tr("open → closed");
    line.by = byHalfopen();
    line.state = withoutStop(closedSentence(round));
    if (line.state.isEmpty())
        line.state = ChangeLines::tr("not done: the dialog was closed");
    return line;
}

LoggedChange lineOf(const SettingsNews& news) {
    LoggedChange line;
    line.when = QDateTime::currentDateTime();
    line.of = placeOf(news.netns);
    line.by = news.what == SettingsNews::What::ByOthers ? ChangeLines::tr("another program") : byHalfopen();
    line.state = news.what == SettingsNews::What::OnTrial ? ChangeLines::tr("on trial") : ChangeLines::tr("in effect");
    if (news.what == SettingsNews::What::FileRemoved) {
        line.values = ChangeLines::tr("the file for the next boot: there → removed");
        return line;
    }
    line.values = valuesOf(news.before, news.after);
    line.was = news.before;
    line.netns = news.netns ? news.netns->netns : NetnsId{};
    return line;
}

QString timeText(const QDateTime& when) {
    const QString time = when.toString(QStringLiteral("HH:mm:ss"));
    return when.date() == QDate::currentDate()
               ? time
               : ChangeLines::tr("%1 %2", "day, time").arg(QLocale().toString(when.date(), QLocale::ShortFormat), time);
}

QString takenBackText() {
    return ChangeLines::tr("taken back at %1").arg(timeText(QDateTime::currentDateTime()));
}

QString keptText(bool afterReboot) {
    return afterReboot ? ChangeLines::tr("in effect, and after a reboot") : ChangeLines::tr("in effect until a reboot");
}

} // namespace halfopen
