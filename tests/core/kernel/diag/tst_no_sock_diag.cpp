// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/no_sock_diag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace halfopen {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string said(int error, const KernelKind& kernel) {
    const Error none = noSockDiag(error, Sentence::tr("{0}", Errno{error}), kernel);
    EXPECT_EQ(none.code, ErrorCode::NotSupported);
    return inEnglish(none.sentence);
}

TEST(NoSockDiag, eachReasonIsItsOwnSentence) {
    const KernelKind plain{"6.1.0-40-amd64", "#1 SMP PREEMPT_DYNAMIC Debian", false};
    EXPECT_THAT(said(EPROTONOSUPPORT, plain), AllOf(HasSubstr("modprobe tcp_diag"), Not(HasSubstr("seccomp"))));
    EXPECT_THAT(said(ENOENT, plain), HasSubstr("modprobe tcp_diag"));
    EXPECT_THAT(said(EAFNOSUPPORT, plain), AllOf(HasSubstr("no netlink sockets"), Not(HasSubstr("modprobe"))));
    KernelKind filtered = plain;
    filtered.filtered = true;
    EXPECT_THAT(said(EPROTONOSUPPORT, filtered), AllOf(HasSubstr("seccomp"), HasSubstr("modprobe tcp_diag")));
    EXPECT_THAT(said(EAFNOSUPPORT, filtered), AllOf(HasSubstr("seccomp"), Not(HasSubstr("modprobe"))));
}

TEST(NoSockDiag, kernelsThatAreNoneAreNamed) {
    EXPECT_THAT(said(EPROTONOSUPPORT, {"4.4.0", "#1 SMP Sun Jan 10 15:06:54 PST 2016", true}),
                AllOf(HasSubstr("gVisor"), Not(HasSubstr("modprobe"))));
    EXPECT_THAT(said(EAFNOSUPPORT, {"4.4.0-19041-Microsoft", "#488-Microsoft Mon Sep 01 13:43:00 PST 2020", false}),
                AllOf(HasSubstr("WSL 1"), Not(HasSubstr("modprobe"))));
    EXPECT_THAT(said(EPROTONOSUPPORT, {"5.15.90.1-microsoft-standard-WSL2", "#1 SMP", false}),
                HasSubstr("modprobe tcp_diag"));
}

} // namespace
} // namespace halfopen
