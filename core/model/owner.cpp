// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/owner.h"

#include <algorithm>

namespace halfopen {

std::string_view toString(OwnerUnknown why) {
    switch (why) {
    case OwnerUnknown::OtherUser:
        return Sentence::mark("other user");
    case OwnerUnknown::NoDescriptor:
        return Sentence::mark("no descriptor");
    case OwnerUnknown::NotAccepted:
        return Sentence::mark("not accepted yet");
    case OwnerUnknown::NotLookedUp:
    case OwnerUnknown::NoFiles:
    case OwnerUnknown::NoProc:
    case OwnerUnknown::ProcHidden:
        return Sentence::mark("not looked up");
    case OwnerUnknown::Unseen:
        return Sentence::mark("not seen");
    case OwnerUnknown::Nowhere:
        return Sentence::mark("in no descriptor table");
    case OwnerUnknown::NoCapability:
        return Sentence::mark("no CAP_SYS_PTRACE");
    case OwnerUnknown::Denied:
        return Sentence::mark("denied");
    case OwnerUnknown::UnmappedUser:
        return Sentence::mark("unmapped user");
    case OwnerUnknown::Known:
        break;
    }
    return "";
}

Sentence sentenceOf(OwnerUnknown why) {
    switch (why) {
    case OwnerUnknown::OtherUser:
        return Sentence::tr(
            "Its owner is a process of another user, or one that is protected from its own; reading which takes root.");
    case OwnerUnknown::NoDescriptor:
        return Sentence::tr("No process holds it any more: the kernel finishes it alone.");
    case OwnerUnknown::NotAccepted:
        return Sentence::tr("No process holds it yet: it waits for its listener to accept it.");
    case OwnerUnknown::NotLookedUp:
        return Sentence::tr("Its owner was not looked up.");
    case OwnerUnknown::Unseen:
        return Sentence::tr(
            "None of the processes that may be looked into holds it: another user's does, or a protected one, or it "
            "is on its way between two processes; root can tell.");
    case OwnerUnknown::Nowhere:
        return Sentence::tr(
            "It is open, but no process that is to be seen here has a descriptor of it: it is on its way "
            "between two processes (SCM_RIGHTS), open outside of this pid namespace, or the kernel's "
            "own.");
    case OwnerUnknown::NoCapability:
        return Sentence::tr(
            "Reading which process holds it takes CAP_SYS_PTRACE, which root does not have here (as in most "
            "containers).");
    case OwnerUnknown::Denied:
        return Sentence::tr(
            "None of the processes that may be looked into holds it, and some may not be looked into here, not even "
            "by root: a security module or another user namespace stands in the way.");
    case OwnerUnknown::UnmappedUser:
        return Sentence::tr(
            "Its user does not exist in this user namespace (and is shown as nobody): only from outside of it can "
            "be "
            "told which process holds it.");
    case OwnerUnknown::NoFiles:
        return Sentence::tr("Its owner was not looked up: Halfopen had no file descriptor left for that (ulimit -n).");
    case OwnerUnknown::NoProc:
        return Sentence::tr("Its owner was not looked up: no /proc is mounted here.");
    case OwnerUnknown::ProcHidden:
        return Sentence::tr("Its owner was not looked up: /proc shows only some of the processes here (hidepid).");
    case OwnerUnknown::Known:
        break;
    }
    return {};
}

Sentence describe(const Owner& owner) {
    const std::string unit = owner.unit ? describe(*owner.unit) : std::string();
    if (owner.fd < 0)
        return unit.empty() ? Sentence::tr("{0} (pid {1})", owner.name, owner.pid)
                            : Sentence::tr("{0} (pid {1}, {2})", owner.name, owner.pid, unit);
    return unit.empty() ? Sentence::tr("{0} (pid {1}, descriptor {2})", owner.name, owner.pid, owner.fd)
                        : Sentence::tr("{0} (pid {1}, descriptor {2}, {3})", owner.name, owner.pid, owner.fd, unit);
}

std::size_t otherProcesses(const std::vector<Owner>& owners) {
    return static_cast<std::size_t>(
        std::ranges::count_if(owners, [&](const Owner& one) { return one.pid != owners.front().pid; }));
}

} // namespace halfopen
