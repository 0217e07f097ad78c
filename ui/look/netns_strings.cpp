// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/netns_strings.h"

#include "ui/look/sentence.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QStringList>

namespace halfopen {

namespace {

struct NetnsStrings {
    Q_DECLARE_TR_FUNCTIONS(NetnsStrings)
};

} // namespace

QString netnsName(const NetnsContext& netns) {
    if (!netns.name.empty())
        return fromCore(netns.name);
    return netns.tier == NetnsTier::Own ? NetnsStrings::tr("this one") : QString::number(netns.netns);
}

QString tierLabel(NetnsTier tier) {
    switch (tier) {
    case NetnsTier::Own:
        return {};
    case NetnsTier::Mine:
        return NetnsStrings::tr("yours");
    case NetnsTier::Asked:
        return NetnsStrings::tr("entered as administrator");
    case NetnsTier::Public:
        return NetnsStrings::tr("seen from outside");
    }
    return {};
}

QString tierSentence(NetnsTier tier) {
    switch (tier) {
    case NetnsTier::Own:
        return {};
    case NetnsTier::Mine:
        return NetnsStrings::tr("It belongs to this user: everything is seen, and may be changed.");
    case NetnsTier::Asked:
        return NetnsStrings::tr("An administrator's rights show everything, and may change it.");
    case NetnsTier::Public:
        return NetnsStrings::tr(
            "It belongs to somebody else. Shown is what anybody may see: no cookies, no tcp_info, no "
            "settings and no ends, and nothing can be changed. The kernel's defaults are assumed. An "
            "administrator sees everything (Show in Full).");
    }
    return {};
}

QString insideText(const NetnsInside& inside) {
    QStringList parts;
    if (!inside.unit.empty())
        parts.append(unitText(inside.unit));
    if (inside.oldest != 0)
        parts.append(QStringLiteral("%1 %2").arg(fromCore(inside.program)).arg(inside.oldest));
    parts.append(inside.processes == 0
                     ? NetnsStrings::tr("no process")
                     : NetnsStrings::tr("%n process(es)", nullptr, static_cast<int>(inside.processes)));
    return asList(parts);
}

QString unitText(const ProcessUnit& unit) {
    return fromCore(describe(unit));
}

std::uint32_t connectionsIn(const Frame& frame, std::size_t index) {
    const NetnsSample sample = frame.sampleOf(static_cast<std::uint16_t>(index));
    return sample.end - sample.begin;
}

std::optional<MonotonicTime::duration> ageOfSample(const Frame& frame, std::uint16_t index, MonotonicTime now) {
    const NetnsSample sample = frame.sampleOf(index);
    const bool asOften = frame.taken - sample.taken < frame.query.interval * 3 / 2;
    if (!frame.live || asOften || sample.taken == MonotonicTime{})
        return std::nullopt;
    return now - sample.taken;
}

} // namespace halfopen
