// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/read_refusal.h"

#include <array>

namespace halfopen {
namespace {

ErrorCode codeOf(ReadRefusal refusal) {
    switch (refusal) {
    case ReadRefusal::OtherUser:
    case ReadRefusal::NotDumpable:
    case ReadRefusal::Yama:
    case ReadRefusal::Denied:
    case ReadRefusal::NoCapability:
    case ReadRefusal::UnmappedUser:
    case ReadRefusal::InUse: // SOCK_DESTROY would do it
        return ErrorCode::NotPermitted;
    case ReadRefusal::Gone:
    case ReadRefusal::Reused:
        return ErrorCode::NotFound;
    case ReadRefusal::MultipathTcp:
    case ReadRefusal::InRing:
    case ReadRefusal::NotSupported:
        return ErrorCode::NotSupported;
    case ReadRefusal::NoDescriptors:
    case ReadRefusal::Failed:
        break;
    case ReadRefusal::Listener:
        return ErrorCode::Usage;
    case ReadRefusal::None:
        break;
    }
    return ErrorCode::SomeFailed;
}

} // namespace

Sentence sentenceOf(ReadRefusal refusal) {
    switch (refusal) {
    case ReadRefusal::None:
        return {};
    case ReadRefusal::OtherUser:
        return Sentence::tr("The socket belongs to another user's process, which only root may look into.");
    case ReadRefusal::NotDumpable:
        return Sentence::tr(
            "The process that holds the socket is protected from its own user (not dumpable); only root may look "
            "into it.");
    case ReadRefusal::Yama:
        return Sentence::tr(
            "This system lets no process look into another one (kernel.yama.ptrace_scope); it takes root, or "
            "kernel.yama.ptrace_scope=0.");
    case ReadRefusal::Denied:
        return Sentence::tr(
            "The kernel refused to hand over the descriptor; a seccomp filter or a security module stands in the "
            "way.");
    case ReadRefusal::Gone:
        return Sentence::tr("The process has ended or has closed the descriptor meanwhile.");
    case ReadRefusal::Reused:
        return Sentence::tr("The descriptor belongs to something else by now.");
    case ReadRefusal::MultipathTcp:
        return Sentence::tr("It belongs to an MPTCP connection, and this kernel tells too little to take the whole's "
                            "descriptor for its own.");
    case ReadRefusal::NoDescriptors:
        return Sentence::tr("Halfopen has no file descriptor left (ulimit -n).");
    case ReadRefusal::Failed:
        return Sentence::tr("The socket refused to tell or to take its options.");
    case ReadRefusal::Listener:
        return Sentence::tr("The socket is a listener; Halfopen closes connections only.");
    case ReadRefusal::InUse:
        return Sentence::tr(
            "A thread of the program waits on the connection just now, and this kernel closes it then only for an "
            "administrator.");
    case ReadRefusal::NoCapability:
        return Sentence::tr(
            "Looking into the process that holds the socket takes CAP_SYS_PTRACE, which root does not have here (as "
            "in most containers).");
    case ReadRefusal::UnmappedUser:
        return Sentence::tr(
            "The process that holds the socket belongs to a user that does not exist in this user namespace; only "
            "from outside of it can be looked into that process.");
    case ReadRefusal::InRing:
        return Sentence::tr(
            "An io_uring of the program holds the socket, and no descriptor does: there is nothing through which it "
            "could be reached.");
    case ReadRefusal::NotSupported:
        break;
    }
    return Sentence::tr(
        "This kernel cannot hand over the descriptors of other processes (pidfd_getfd, since Linux 5.6).");
}

std::string_view shortName(ReadRefusal refusal) {
    constexpr std::array<std::string_view, 16> kNames{
        "",         "other-user",     "not-dumpable", "yama",     "denied", "gone",          "reused",
        "mptcp",    "no-descriptors", "failed",       "listener", "in-use", "no-capability", "unmapped-user",
        "io-uring", "not-supported"};
    return kNames[static_cast<std::size_t>(refusal)];
}

Error errorOf(ReadRefusal refusal) {
    return Error{codeOf(refusal), sentenceOf(refusal)};
}

} // namespace halfopen
