// SPDX-License-Identifier: GPL-3.0-or-later
// What the Tuning page says of another network namespace than the own one.
#include "core/query/drift.h"
#include "ui/look/netns_strings.h"
#include "ui/tuning/tuning_strings.h"

#include <QCoreApplication>

#include <utility>

namespace halfopen {

namespace {

struct NetnsTuning {
    Q_DECLARE_TR_FUNCTIONS(NetnsTuning)
};

} // namespace

QString netnsSentence(const NetnsContext& netns) {
    const QString name = netnsName(netns);
    if (netns.tier == NetnsTier::Public)
        return NetnsTuning::tr("The settings of the network namespace %1 are told to its owner and to an administrator "
                               "only. What is shown are the kernel's defaults, which it started from.")
            .arg(name);
    return NetnsTuning::tr("These are the settings of the network namespace %1, and of its connections alone.")
        .arg(name);
}

namespace {

Middlebox ownBox(std::string id, const QString& name, std::int32_t timeout, std::string source) {
    Middlebox box{.id = std::move(id)};
    box.name["en"] = name.toStdString();
    box.idleTimeout = timeout;
    box.source = std::move(source);
    return box;
}

void addBoxes(const NetnsContext& netns, bool outside, std::vector<Middlebox>& boxes) {
    if (netns.tracking && netns.tracking->flows > 0)
        boxes.push_back(ownBox("this-machine",
                               outside ? NetnsTuning::tr("the connection tracking of the machine, outside of it")
                                       : NetnsTuning::tr("the connection tracking of this machine"),
                               netns.tracking->established, "net.netfilter.nf_conntrack_tcp_timeout_established"));
    if (netns.services)
        boxes.push_back(ownBox("this-machine-ipvs",
                               outside ? NetnsTuning::tr("IPVS of the machine, outside of it")
                                       : NetnsTuning::tr("IPVS of this machine"),
                               netns.services->tcpTimeout, "ipvsadm --list --timeout"));
}

} // namespace

std::vector<Middlebox> boxesOfThisMachine(const Frame& frame) {
    std::vector<Middlebox> boxes;
    addBoxes(frame.inView(), false, boxes);
    const NetnsContext& host = *frame.namespaces[hostIndex(frame)];
    if (&host != &frame.inView())
        addBoxes(host, true, boxes);
    return boxes;
}

QString whyNotKept(const NetnsContext& netns) {
    return NetnsTuning::tr("%1 starts from the kernel's defaults each time: no file of this machine counts there, and "
                           "what is to be kept is said to whoever makes it.")
        .arg(netnsName(netns));
}

QString whereToKeep(NetnsMaker maker) {
    switch (maker) {
    case NetnsMaker::Docker:
        return NetnsTuning::tr("In its compose file:");
    case NetnsMaker::Podman:
        return NetnsTuning::tr("Where it is started:");
    case NetnsMaker::Quadlet:
        return NetnsTuning::tr("In its quadlet:");
    case NetnsMaker::Kubernetes:
        return NetnsTuning::tr("In its pod's specification:");
    case NetnsMaker::Machine:
        return NetnsTuning::tr("In a file inside of it:");
    case NetnsMaker::Unit:
        return NetnsTuning::tr("In its unit (systemctl edit):");
    case NetnsMaker::IpNetns:
        return NetnsTuning::tr("After it is made:");
    case NetnsMaker::Other:
        return {};
    }
    return {};
}

} // namespace halfopen
