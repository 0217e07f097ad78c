// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuning_strings.h"

#include "core/tuning/steps.h"
#include "ui/look/duration_text.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace halfopen {

namespace {

struct Strings {
    Q_DECLARE_TR_FUNCTIONS(TuningStrings)
};

/// What was measured of zero and negative values; of others nothing is known to break.
QString kernelSays(Setting setting, std::int32_t value) {
    const auto& breaks = settingInfo(setting).breaks;
    return value > 0 || breaks.english().empty() ? QString() : translated(Sentence::tr(breaks));
}

} // namespace

QString secondsText(std::int64_t seconds) {
    if (seconds <= 0)
        return Strings::tr("%1 s").arg(seconds);
    return durationText(std::chrono::seconds(seconds));
}

QString handleName(TrackHandle handle) {
    switch (handle) {
    case TrackHandle::Time:
        return Strings::tr("idle time");
    case TrackHandle::Interval:
        return Strings::tr("interval");
    case TrackHandle::Probes:
        break;
    }
    return Strings::tr("probes");
}

QString handleMeaning(TrackHandle handle) {
    switch (handle) {
    case TrackHandle::Time:
        return Strings::tr(
            "tcp_keepalive_time: how long a connection is silent before the first probe. It alone decides "
            "whether a middlebox forgets the connection.");
    case TrackHandle::Interval:
        return Strings::tr("tcp_keepalive_intvl: from one unanswered probe to the next.");
    case TrackHandle::Probes:
        break;
    }
    return Strings::tr("tcp_keepalive_probes: how many stay unanswered before the kernel gives the connection up.");
}

QString firstProbeSentence(const KeepaliveDefaults& values) {
    return Strings::tr("The first probe goes out after %1 of silence.").arg(secondsText(values.time));
}

QString noticedSentence(const KeepaliveDefaults& values) {
    return Strings::tr("A dead peer is noticed after %1.").arg(secondsText(noticedAfter(values)));
}

QString survivalCounts(const KeepaliveDefaults& values, const std::vector<Middlebox>& boxes) {
    std::array<int, 3> counts{};
    int all = 0;
    for (const Middlebox& box : boxes) {
        const Survival found = survival(box, values);
        if (found == Survival::NoHelp)
            continue;
        ++all;
        ++counts[found == Survival::Forgotten ? 0 : found == Survival::Barely ? 1 : 2];
    }
    return Strings::tr("Of %n middlebox(es) %1 forget a silent connection before the first probe, %2 keep it if hardly "
                       "a probe is lost, %3 keep it.",
                       nullptr, all)
        .arg(counts[0])
        .arg(counts[1])
        .arg(counts[2]);
}

QString costSentence(const Effect& effect) {
    const auto connections = static_cast<int>(effect.followers() + effect.ownValues);
    if (connections == 0)
        return Strings::tr("No open connection has keepalive on, so it costs no packets now.");
    const auto rate = [](double probes) { return QLocale().toString(2 * probes, 'g', 2); };
    if (std::abs(effect.probesThen - effect.probesNow) < 1e-9)
        return Strings::tr(
                   "It costs at most %1 packets a second, probes and answers, if the %n open connection(s) with "
                   "keepalive on stay idle.",
                   nullptr, connections)
            .arg(rate(effect.probesThen));
    return Strings::tr(
               "It costs at most %1 packets a second (now %2), probes and answers, if the %n open connection(s) "
               "with keepalive on stay idle.",
               nullptr, connections)
        .arg(rate(effect.probesThen), rate(effect.probesNow));
}

QString boxName(const Middlebox& box) {
    return fromCore(textFor(box.name, QLocale().name().toStdString()));
}

QString shortName(const Middlebox& box) {
    const QString name = boxName(box);
    qsizetype end = name.size();
    for (const QChar stop : {QChar(u','), QChar(u';'), QChar(u'('), QChar(u'\u3001'), QChar(u'\uff1b'),
                             QChar(u'\uff08'), QChar(u'\uff0c')})
        if (const auto at = name.indexOf(stop); at > 0)
            end = std::min(end, at);
    return Strings::tr("%1 %2").arg(name.left(end).trimmed(), secondsText(box.idleTimeout));
}

QString survivalLabel(Survival survival) {
    switch (survival) {
    case Survival::Survives:
        return Strings::tr("survives");
    case Survival::Barely:
        return Strings::tr("barely");
    case Survival::Forgotten:
        return Strings::tr("forgotten");
    case Survival::NoHelp:
        break;
    }
    return Strings::tr("no help");
}

QString survivalSentence(const Middlebox& box, const KeepaliveDefaults& values) {
    const QString forgets =
        Strings::tr("%1 forgets a connection that was silent for %2.").arg(boxName(box), secondsText(box.idleTimeout));
    const auto with = [&](const QString& sentence) { return Strings::tr("%1 %2").arg(forgets, sentence); };
    switch (survival(box, values)) {
    case Survival::Survives:
        return with(Strings::tr("The first probe after %1 comes early enough, even if two are lost.")
                        .arg(secondsText(values.time)));
    case Survival::Barely:
        return with(Strings::tr("The first probe after %1 comes in time, but leaves little room for lost ones.")
                        .arg(secondsText(values.time)));
    case Survival::Forgotten:
        return with(Strings::tr("The first probe would go out %1 after that.")
                        .arg(secondsText(std::max<std::int64_t>(0, values.time - box.idleTimeout))));
    case Survival::NoHelp:
        break;
    }
    return with(Strings::tr("It counts payload, and a keepalive probe has none: keepalive does not help here."));
}

QString proposalText(const Middlebox& box) {
    QStringList lines;
    if (box.proposed)
        lines.append(Strings::tr("%1 proposed: %2 / %3 / %4. %5")
                         .arg(boxName(box), secondsText(box.proposed->time), secondsText(box.proposed->interval))
                         .arg(box.proposed->probes)
                         .arg(survivalSentence(box, *box.proposed)));
    else
        lines.append(survivalSentence(box, {}));
    if (const auto note = textFor(box.note, QLocale().name().toStdString()); !note.empty())
        lines.append(fromCore(note));
    const QString source = fromCore(box.source);
    lines.append(box.checked.empty() ? Strings::tr("Source: %1 (not compared by us).").arg(source)
                                     : Strings::tr("Source: %1 (checked %2).").arg(source, fromCore(box.checked)));
    return lines.join(QLatin1Char(' '));
}

QString originText(Setting setting, std::int32_t inEffect, const TuningPlace& place) {
    const auto origin = originOf(setting, inEffect, place.boot);
    switch (origin.kind) {
    case SettingOrigin::Kind::KernelDefault:
        return Strings::tr("kernel default");
    case SettingOrigin::Kind::File:
        return origin.assignment ? translated(describe(*origin.assignment)) : QString();
    case SettingOrigin::Kind::ByHand:
        if (place.laboratory)
            return Strings::tr("set in this laboratory");
        return origin.assignment ? Strings::tr("set since boot; %1 brings back %2 at boot")
                                       .arg(translated(describe(*origin.assignment)), fromCore(origin.assignment->text))
                                 : Strings::tr("set since boot, in no file: a reboot brings back %1")
                                       .arg(settingInfo(setting).kernelDefault);
    case SettingOrigin::Kind::Unknown:
        break;
    }
    return Strings::tr("origin not known: a file could not be read");
}

QString unusualText(Setting setting, std::int32_t inEffect) {
    if (!isUnusual(setting, inEffect))
        return {};
    const auto sane = settingInfo(setting).sane;
    return Strings::tr("Unusual: %1 is in effect, outside %2 to %3. %4")
        .arg(inEffect)
        .arg(sane.lowest)
        .arg(sane.highest)
        .arg(kernelSays(setting, inEffect))
        .trimmed();
}

QStringList overrideSentences(const BootConfiguration& boot) {
    QStringList sentences;
    for (const auto& line : overridesOfDropIn(boot)) {
        if (!settingInfo(line.setting).writable)
            continue;
        sentences.append(
            Strings::tr("At boot %1 sets %2 = %3 and wins over what Halfopen keeps.")
                .arg(translated(describe(line)), fromCore(settingInfo(line.setting).name), fromCore(line.text)));
    }
    sentences.removeDuplicates();
    return sentences;
}

namespace {

QString atTimerSentence(const Effect& effect) {
    if (effect.atTimer == 0)
        return Strings::tr("follow when their armed timer fires");
    const auto when = [](const Moment& fires) { return countdownSentence(fires, {}, {}); };
    if (effect.atTimer == 1)
        return Strings::tr("follows when its armed timer fires, %1").arg(when(*effect.last));
    return Strings::tr("follow when their armed timer fires: the first %1, the last %2")
        .arg(when(*effect.first), when(*effect.last));
}

} // namespace

std::vector<CountedSentence> effectSentences(const Effect& effect) {
    std::vector<CountedSentence> lines{
        {0, Strings::tr("follow at once: the kernel arms no timer anew when a setting changes")},
        {effect.atTimer, atTimerSentence(effect)},
    };
    const auto add = [&](std::uint32_t count, const QString& text, bool warns = false) {
        if (count > 0)
            lines.push_back({count, text, warns});
    };
    add(effect.atHiddenTimer, Strings::tr("follow too, but another timer hides when"));
    add(effect.ownValues, Strings::tr("keep their own values: their program has set them"));
    add(effect.off, Strings::tr("have keepalive off and never follow: their program must ask for it (SO_KEEPALIVE)"));
    add(effect.unknown, Strings::tr("cannot be told: another timer hides whether keepalive is on"));
    add(effect.elsewhere, Strings::tr("live in other network namespaces, which have settings of their own"));
    add(effect.partly, Strings::tr("of those that follow keep an own value for some of what changes"));
    add(effect.assumed,
        Strings::tr("of those that follow could not be read: their program may have set its own values"));
    add(effect.ended,
        Strings::tr("would be given up as soon as their timer fires: more of their probes are unanswered "
                    "than would be allowed"),
        true);
    return lines;
}

std::vector<CountedSentence> progressSentences(const ChangeProgress::Counts& progress) {
    std::vector<CountedSentence> lines{
        {progress.followed, Strings::tr("have followed: their timer was armed anew")},
        {progress.waiting, Strings::tr("are still armed with the old value")},
    };
    if (progress.unchanged == progress.total && progress.total > 0)
        lines.clear(); // nothing had changed, and nothing is to be waited for
    const auto add = [&](std::uint32_t count, const QString& text) {
        if (count > 0)
            lines.push_back({count, text});
    };
    add(progress.unchanged, Strings::tr("are armed with the values in effect: their timer had not followed the change "
                                        "that was taken back"));
    add(progress.hidden, Strings::tr("cannot be told: another timer hides it, or hid it at the change"));
    add(progress.switched, Strings::tr("have switched keepalive off since"));
    add(progress.gone, Strings::tr("have ended since"));
    return lines;
}

namespace {

/// What leads to the command that is shown below, where there is one.
QString withLead(const QString& sentence, const PrivilegeError& error) {
    return error.command.empty() ? sentence : inOneLine(sentence, Strings::tr("This does the same:"));
}

} // namespace

QString refusalText(const PrivilegeError& error) {
    switch (error.kind) {
    case PrivilegeErrorKind::Dismissed:
        return {};
    case PrivilegeErrorKind::NoAgent:
        return inOneLine(
            Strings::tr("No authentication agent is running in this session, so nobody can be asked for a password."),
            error.command.empty() ? QString() : Strings::tr("Start one, or run this in a terminal, then apply again:"));
    case PrivilegeErrorKind::NotInstalled:
        return withLead(Strings::tr("Halfopen's helper is not installed, so the window cannot change the values."),
                        error);
    case PrivilegeErrorKind::NoBus:
        return withLead(Strings::tr("There is no system bus here, so the helper cannot be asked."), error);
    case PrivilegeErrorKind::NoAuthority:
        return withLead(Strings::tr("polkit is not installed or not running, so nobody can decide whether you may."),
                        error);
    case PrivilegeErrorKind::NotAuthorized:
        return Strings::tr("You may not change this: %1").arg(translated(error.sentence));
    case PrivilegeErrorKind::TrialOver:
        return translated(error.sentence);
    case PrivilegeErrorKind::Busy:
        return Strings::tr("The helper has too much to do; try again in a moment.");
    default:
        return Strings::tr("Nothing was changed: %1").arg(translated(error.sentence));
    }
}

} // namespace halfopen
