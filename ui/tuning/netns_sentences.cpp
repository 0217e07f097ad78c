// SPDX-License-Identifier: GPL-3.0-or-later
// What the Tuning page says of another network namespace than the own one.
#include "ui/look/netns_strings.h"
#include "ui/tuning/tuning_strings.h"

#include <QCoreApplication>

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

Middlebox trackingBox(const ConnectionTracking& tracking) {
    Middlebox box{.id = "this-machine"};
    box.name["en"] = NetnsTuning::tr("the connection tracking of this machine").toStdString();
    box.idleTimeout = tracking.established;
    box.source = "net.netfilter.nf_conntrack_tcp_timeout_established";
    return box;
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
