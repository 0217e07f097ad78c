// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/settings.h"
#include "ui/details/facts.h"
#include "ui/look/duration_text.h"
#include "ui/look/permission.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>

namespace halfopen {

namespace {

struct OptionFacts {
    Q_DECLARE_TR_FUNCTIONS(OptionFacts)
};

QString provenanceNote(Provenance from, const Row& row) {
    return OptionFacts::tr("%1: %2", "provenance: what it means")
        .arg(provenanceLabel(from, row), provenanceMeaning(from, row));
}

/// An exact value says whether it is the system's as well; what is not exact cannot tell.
QString keepaliveNote(Provenance from, const Row& row, std::int32_t value, std::int32_t system) {
    if (from != Provenance::Exact)
        return provenanceNote(from, row);
    return value == system ? OptionFacts::tr("exact: read from the socket; same as the system's")
                           : OptionFacts::tr("exact: read from the socket; override of the system's %1").arg(system);
}

Fact fact(const QString& name, const QString& value, Provenance from, const Row& row) {
    return {name, value, provenanceNote(from, row), from > Provenance::Derived};
}

/// The button stands where the first value is missing.
Fact withVerb(Fact fact, const Row& row) {
    if (needsPermission(row)) {
        fact.verb = Verb::ReadExactly;
        fact.verbText = OptionFacts::tr("Read Exactly...");
    }
    return fact;
}

QString secondsText(std::int32_t seconds) {
    const auto text = OptionFacts::tr("%1 s").arg(seconds);
    return seconds < 60 ? text
                        : OptionFacts::tr("%1 (%2)", "as it was set, as a person reads it")
                              .arg(text, durationText(std::chrono::seconds(seconds)));
}

/// As it was set, and as a person reads it.
QString millisText(Millis time, const QString& zero = {}) {
    if (time.count() == 0 && !zero.isEmpty())
        return zero;
    const auto text = OptionFacts::tr("%1 ms").arg(time.count());
    return time.count() < 1000 ? text
                               : OptionFacts::tr("%1 (%2)", "as it was set, as a person reads it")
                                     .arg(text, durationText(std::chrono::milliseconds(time)));
}

QString switchText(Switch enabled) {
    switch (enabled) {
    case Switch::Off:
        return OptionFacts::tr("off");
    case Switch::On:
        return OptionFacts::tr("on");
    case Switch::Unknown:
        break;
    }
    return OptionFacts::tr("not known");
}

FactGroup keepaliveGroup(const Row& row, const TcpSysctls& s) {
    const auto& o = row.options;
    const auto add = [&row](FactGroup& group, const QString& name, const QString& text, Provenance from,
                            std::int32_t value, std::int32_t system) {
        group.facts.push_back({name, text, keepaliveNote(from, row, value, system), from > Provenance::Derived});
    };
    const bool off = o.enabled == Switch::Off;
    FactGroup group{
        off ? OptionFacts::tr("Keepalive (would be, if it were switched on)") : OptionFacts::tr("Keepalive"), {}};
    group.facts.push_back(
        withVerb(fact(QStringLiteral("SO_KEEPALIVE"), switchText(o.enabled), o.enabledFrom, row), row));
    add(group, OptionFacts::tr("idle time (TCP_KEEPIDLE)"), secondsText(o.idleSeconds), o.idleFrom, o.idleSeconds,
        s.keepaliveTime);
    add(group, OptionFacts::tr("interval (TCP_KEEPINTVL)"), secondsText(o.intervalSeconds), o.intervalFrom,
        o.intervalSeconds, s.keepaliveInterval);
    add(group, OptionFacts::tr("probes (TCP_KEEPCNT)"), QString::number(o.probes), o.probesFrom, o.probes,
        s.keepaliveProbes);
    return group;
}

QString orDefault(int value) {
    return value == 0 ? OptionFacts::tr("the system's default") : QString::number(value);
}

FactGroup otherGroup(const Row& row) {
    const auto& o = row.options;
    FactGroup group{OptionFacts::tr("Other limits"), {}};
    const auto from = o.userTimeoutFrom;
    group.facts.push_back(
        fact(QStringLiteral("TCP_USER_TIMEOUT"), millisText(o.userTimeout, OptionFacts::tr("none")), from, row));
    if (const auto effect = userTimeoutSentence(row); !effect.isEmpty())
        group.facts.push_back({OptionFacts::tr("what that does"), effect, {}});
    group.facts.push_back(fact(QStringLiteral("TCP_SYNCNT"), orDefault(o.synCount), from, row));
    group.facts.push_back(fact(QStringLiteral("TCP_LINGER2"),
                               o.lingerSeconds > 0 ? secondsText(o.lingerSeconds) : orDefault(0), from, row));
    group.facts.push_back(fact(QStringLiteral("TCP_RTO_MAX_MS"),
                               millisText(o.rtoMax, OptionFacts::tr("the system's default")), from, row));
    return group;
}

QString settingText(const SettingInfo& info, std::int32_t value) {
    switch (info.unit) {
    case SettingUnit::Seconds:
        return secondsText(value);
    case SettingUnit::Milliseconds:
        return value < 0 ? QString::number(value) : millisText(Millis(static_cast<std::uint32_t>(value)));
    case SettingUnit::Count:
        break;
    }
    return QString::number(value);
}

FactGroup systemGroup(const TcpSysctls& s) {
    FactGroup group{OptionFacts::tr("The system's defaults"), {}};
    for (const Setting id : {Setting::KeepaliveTime, Setting::KeepaliveInterval, Setting::KeepaliveProbes,
                             Setting::Retries2, Setting::FinTimeout}) {
        const SettingInfo& info = settingInfo(id);
        const auto name = QString::fromLatin1(info.name.data(), static_cast<qsizetype>(info.name.size()));
        const auto value = settingText(info, s.*info.field);
        if (isUnread(s, id))
            group.facts.push_back({name, OptionFacts::tr("unknown"),
                                   OptionFacts::tr("could not be read; %1 is assumed").arg(value), true});
        else
            group.facts.push_back({name, value, {}});
    }
    return group;
}

/// What a rule of the guard has to do with it.
std::optional<Fact> guardFact(const Subject& subject) {
    const auto rule = subject.guardedBy ? subject.guardedBy(*subject.frame, *subject.row) : std::nullopt;
    if (!rule)
        return std::nullopt;
    return Fact{OptionFacts::tr("turned on by"),
                rule->unit.empty() ? OptionFacts::tr("Halfopen's rule for every program")
                                   : OptionFacts::tr("Halfopen's rule for %1").arg(fromCore(rule->unit)),
                OptionFacts::tr("derived: its unit has this rule, and it has its values")};
}

} // namespace

FactGroups optionFacts(const Subject& subject) {
    if (subject.row->connection.isMini())
        return {{{},
                 {{OptionFacts::tr("Options"),
                   OptionFacts::tr("The kernel keeps no options for a socket in this state."),
                   {}}}},
                systemGroup(subject.frame->sysctlsOf(*subject.row))};
    FactGroups groups{keepaliveGroup(*subject.row, subject.frame->sysctlsOf(*subject.row)), otherGroup(*subject.row),
                      systemGroup(subject.frame->sysctlsOf(*subject.row))};
    if (auto guarded = guardFact(subject))
        groups.front().facts.push_back(*std::move(guarded));
    const auto unread = subject.row->unread;
    const auto why = unread != ReadRefusal::None ? translated(sentenceOf(unread)) : missingRight(*subject.row);
    if (!why.isEmpty())
        groups.front().facts.push_back({OptionFacts::tr("why not exact"), why, {}});
    return groups;
}

} // namespace halfopen
