// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_errors.h"
#include "app/contract/bus_netns.h"
#include "core/model/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace halfopen {
namespace {

using testing::HasSubstr;
using Kind = PrivilegeErrorKind;

const ClientSituation kLocal{"sudo do it", 42, true, false};

PrivilegeError explained(const char* name, const ClientSituation& situation = kLocal) {
    return explain(name, Sentence::tr("The helper says so."), situation);
}

TEST(BusErrors, errorsOfTheContractKeepTheHelpersSentence) {
    for (const Kind kind : {Kind::OutOfRange, Kind::Dismissed, Kind::WrongNamespace, Kind::Busy, Kind::WriteFailed}) {
        const auto error = explained(std::string(busName(kind)).c_str());
        EXPECT_EQ(error.kind, kind);
        EXPECT_EQ(inEnglish(error), "The helper says so.");
        EXPECT_EQ(error.command, "");
    }
}

TEST(BusErrors, missingAgentIsKnownFromOurOwnFlag) {
    const char* name = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired";
    EXPECT_EQ(explained(name).kind, Kind::NoAgent);
    EXPECT_EQ(explained(name).command, "pkttyagent --process 42");
    EXPECT_EQ(explained(name, {"sudo do it", 42, false, false}).kind, Kind::InteractionRequired);
}

TEST(BusErrors, remoteSessionIsSaidToBeOne) {
    EXPECT_THAT(inEnglish(explained("org.halfopen.Error.NotAuthorized", {"sudo do it", 42, true, true})),
                HasSubstr("not local"));
    EXPECT_EQ(inEnglish(explained("org.halfopen.Error.NotAuthorized")), "The helper says so.");
    EXPECT_EQ(explained("org.halfopen.Error.NotAuthorized").command, "sudo do it");
}

TEST(BusErrors, everyErrorOfTheBusHasItsKindAndSudoHelpsWhereNothingIsInstalled) {
    const std::pair<const char*, Kind> errors[] = {
        {"ServiceUnknown", Kind::NotInstalled},
        {"Spawn.ExecFailed", Kind::NotInstalled},
        {"Spawn.ChildExited", Kind::NotInstalled},
        {"Spawn.ChildSignaled", Kind::NotInstalled},
        {"TimedOut", Kind::NotInstalled},
        {"AccessDenied", Kind::NotInstalled},
        {"FileNotFound", Kind::NoBus},
        {"NoServer", Kind::NoBus},
        {"Disconnected", Kind::NoBus},
        {"NoReply", Kind::HelperGone},
        {"UnknownObject", Kind::HelperGone},
        {"UnknownMethod", Kind::NotSupported},
        {"SomethingNew", Kind::HelperGone},
    };
    for (const auto& [name, kind] : errors) {
        const auto error = explained((std::string("org.freedesktop.DBus.Error.") + name).c_str());
        EXPECT_EQ(error.kind, kind) << name;
        EXPECT_FALSE(error.sentence.empty()) << name;
        EXPECT_EQ(!error.command.empty(), kind == Kind::NotInstalled || kind == Kind::NoBus) << name;
    }
}

TEST(BusErrors, aMissingBusIsExplained) {
    const PrivilegeError error = explainNoBus(kLocal);
    EXPECT_EQ(error.kind, Kind::NoBus);
    EXPECT_EQ(error.command, "sudo do it");
}

TEST(BusSettings, areTheSameOnTheOtherSideAndWhatIsMissingWasNotRead) {
    TcpSysctls there;
    there.keepaliveTime = 601;
    there.retries2 = 7;
    there.localPortLow = 32768;
    there.localPortHigh = 60999;
    EXPECT_EQ(sysctlsFrom(toBus(there)), there);
    there.unread = 1U << static_cast<unsigned>(Setting::Retries2);
    EXPECT_FALSE(toBus(there).contains("tcp_retries2"));
    EXPECT_TRUE(isUnread(sysctlsFrom(toBus(there)), Setting::Retries2));
    EXPECT_TRUE(isUnread(sysctlsFrom({}), Setting::KeepaliveTime)) << "the kernel's default is no fact then";
}

} // namespace
} // namespace halfopen
