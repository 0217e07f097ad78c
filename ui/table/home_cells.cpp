// SPDX-License-Identifier: GPL-3.0-or-later
// Where a connection lives.
#include "ui/look/duration_text.h"
#include "ui/look/netns_strings.h"
#include "ui/look/text.h"
#include "ui/table/cells.h"

#include <QCoreApplication>

namespace halfopen::cells {

namespace {

struct HomeCells {
    Q_DECLARE_TR_FUNCTIONS(HomeCells)
};

} // namespace

Cell netns(const CellInput& in) {
    const NetnsContext& netns = in.frame.netnsOf(in.row);
    const QString name = netnsName(netns);
    if (const auto age = ageOfSample(in.frame, in.row.connection.netnsIndex, in.now))
        return {HomeCells::tr("%1, %2 ago").arg(name, durationText(*age)), Tone::Plain, static_cast<int>(name.size())};
    return {name, netns.tier == NetnsTier::Own ? Tone::Dim : Tone::Plain};
}

QString netnsTip(const CellInput& in) {
    const NetnsContext& netns = in.frame.netnsOf(in.row);
    QStringList lines{
        netns.cookie != 0
            ? HomeCells::tr("Network namespace %1, cookie %2").arg(netnsName(netns), QString::number(netns.cookie))
            : HomeCells::tr("Network namespace %1").arg(netnsName(netns))};
    if (netns.inside.processes > 0)
        lines.append(insideText(netns.inside));
    if (const auto sentence = tierSentence(netns.tier); !sentence.isEmpty())
        lines.append(sentence);
    return lines.join(QLatin1Char('\n'));
}

Cell unit(const CellInput& in) {
    const ProcessUnit* unit = in.frame.unitOf(in.row);
    return unit ? Cell{unitText(*unit)} : Cell{};
}

QString unitTip(const CellInput& in) {
    const ProcessUnit* unit = in.frame.unitOf(in.row);
    if (!unit)
        return HomeCells::tr("Not known, or none.");
    QStringList lines{unitText(*unit)};
    if (!unit->container.empty())
        lines.append(fromCore(unit->container));
    if (!unit->pod.empty())
        lines.append(HomeCells::tr("Pod %1").arg(fromCore(unit->pod)));
    return lines.join(QLatin1Char('\n'));
}

} // namespace halfopen::cells
