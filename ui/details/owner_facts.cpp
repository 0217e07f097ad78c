// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/mptcp_text.h"
#include "ui/details/facts.h"
#include "ui/look/duration_text.h"
#include "ui/look/netns_strings.h"
#include "ui/look/permission.h"
#include "ui/look/sentence.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"
#include "ui/programs/desktop_programs.h"

#include <QCoreApplication>

namespace halfopen {

namespace {

struct OwnerFacts {
    Q_DECLARE_TR_FUNCTIONS(OwnerFacts)
};

/// "Firefox, process 812, descriptor 4, nginx.service"
QString placeOf(const Owner& owner, const DesktopPrograms* programs) {
    QString place = owner.fd < 0 ? OwnerFacts::tr("process %1").arg(owner.pid)
                                 : OwnerFacts::tr("process %1, descriptor %2").arg(owner.pid).arg(owner.fd);
    if (const auto* program = programs ? programs->of(owner) : nullptr)
        place = asList({program->name, place});
    if (owner.unit)
        place = asList({place, fromCore(describe(*owner.unit))});
    return place;
}

Fact unknownFact(const Row& row) {
    Fact fact{OwnerFacts::tr("Not known"), ownerUnknownSentence(row.ownerUnknown), {}};
    if (needsPermission(row)) {
        fact.verb = Verb::ReadExactly;
        fact.verbText = OwnerFacts::tr("Read Exactly...");
    }
    return fact;
}

FactGroup processGroup(const Subject& subject) {
    FactGroup group{OwnerFacts::tr("Owners"), {}};
    for (const auto& owner : subject.frame->ownersOf(*subject.row))
        group.facts.push_back({fromCore(owner.name), placeOf(owner, subject.programs), {}});
    if (group.facts.empty())
        group.facts.push_back(unknownFact(*subject.row));
    return group;
}

QString userText(const Subject& subject) {
    const auto name = subject.frame->userOf(*subject.row);
    const auto uid = QString::number(subject.row->connection.uid);
    return name.empty() ? uid : OwnerFacts::tr("%1 (uid %2)").arg(fromCore(name), uid);
}

QString interfaceText(const Subject& subject) {
    const auto name = subject.frame->interfaceOf(*subject.row);
    return name.empty() ? OwnerFacts::tr("any") : fromCore(name);
}

/// Of a part of an MPTCP connection: its token, and over what else it goes.
std::optional<Fact> mptcpFact(const Subject& subject) {
    const MptcpPart* part = subject.frame->mptcpOf(*subject.row);
    if (!part)
        return std::nullopt;
    const std::string token = tokenText(part);
    const auto others = otherSubflows(*subject.row, *subject.frame);
    return Fact{OwnerFacts::tr("MPTCP connection"),
                token.empty() ? OwnerFacts::tr("token not known") : OwnerFacts::tr("token %1").arg(fromCore(token)),
                others.empty() ? OwnerFacts::tr("No other subflow is seen.")
                               : OwnerFacts::tr("Other subflows: %1.").arg(translated(listOf(others)))};
}

FactGroup socketGroup(const Subject& subject) {
    const auto& connection = subject.row->connection;
    FactGroup group{OwnerFacts::tr("The socket"), {}};
    if (!connection.isMini())
        group.facts.push_back({OwnerFacts::tr("user"), userText(subject), {}});
    group.facts.push_back({OwnerFacts::tr("interface"), interfaceText(subject), {}});
    if (!isStandIn(connection.cookie))
        group.facts.push_back({OwnerFacts::tr("cookie"), QStringLiteral("0x%1").arg(connection.cookie, 0, 16), {}});
    if (connection.inode != 0)
        group.facts.push_back({OwnerFacts::tr("inode"), QString::number(connection.inode), {}});
    if (const auto mptcp = mptcpFact(subject))
        group.facts.push_back(*mptcp);
    if (const auto ports = localPortsFact(subject))
        group.facts.push_back(*ports);
    return group;
}

QString numbersOf(const NetnsContext& netns) {
    QStringList parts;
    if (netns.netns != 0)
        parts.append(OwnerFacts::tr("inode %1").arg(netns.netns));
    if (netns.cookie != 0)
        parts.append(OwnerFacts::tr("cookie %1").arg(netns.cookie));
    return asList(parts);
}

/// The namespace, the container or unit, and what is not seen of it.
FactGroup homeGroup(const Subject& subject) {
    const Row& row = *subject.row;
    const NetnsContext& netns = subject.frame->netnsOf(row);
    FactGroup group{OwnerFacts::tr("Where it lives"), {}};
    const QString name = netnsName(netns);
    const QString numbers = numbersOf(netns);
    const QString place = numbers.isEmpty() ? name : OwnerFacts::tr("%1 (%2)").arg(name, numbers);
    group.facts.push_back({OwnerFacts::tr("network namespace"), place, tierSentence(netns.tier)});
    if (netns.tier != NetnsTier::Own && netns.inside.processes > 0)
        group.facts.push_back({OwnerFacts::tr("who is inside"), insideText(netns.inside), {}});
    if (const ProcessUnit* unit = subject.frame->unitOf(row))
        group.facts.push_back({OwnerFacts::tr("container or unit"), unitText(*unit), fromCore(unit->container)});
    if (const auto age = ageOfSample(*subject.frame, row.connection.netnsIndex,
                                     subject.frame->presentOf(row, MonotonicClock::now())))
        group.facts.push_back({OwnerFacts::tr("looked at"), OwnerFacts::tr("%1 ago").arg(durationText(*age)),
                               OwnerFacts::tr("Namespaces that are not in view are looked at in turn.")});
    return group;
}

} // namespace

FactGroups ownerFacts(const Subject& subject) {
    return {processGroup(subject), homeGroup(subject), socketGroup(subject)};
}

} // namespace halfopen
