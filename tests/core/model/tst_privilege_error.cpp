// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/privilege_error.h"

#include <gtest/gtest.h>

#include <set>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;

TEST(PrivilegeError, namesOfTheContractAreReadBack) {
    std::set<std::string_view> names;
    for (int number = 0; number <= static_cast<int>(Kind::TrialOver); ++number) {
        const auto kind = static_cast<Kind>(number);
        EXPECT_EQ(kindOfBusName(busName(kind)), kind) << number;
        names.insert(busName(kind));
    }
    EXPECT_EQ(names.size(), 12U);
    EXPECT_EQ(busName(Kind::NoSuchConnection), "org.halfopen.Error.NoSuchConnection");
}

TEST(PrivilegeError, kindsOfTheClientHaveNoNameOnTheBus) {
    for (const Kind kind : {Kind::NotInstalled, Kind::NoBus, Kind::HelperGone})
        EXPECT_TRUE(busName(kind).empty());
    EXPECT_FALSE(kindOfBusName(""));
    // The bus's own refusal must not be taken for polkit's.
    EXPECT_FALSE(kindOfBusName("org.freedesktop.DBus.Error.AccessDenied"));
}

TEST(PrivilegeError, becomesAnExitCodeWithItsCommand) {
    EXPECT_EQ(toError({Kind::OutOfRange, Sentence::tr("No."), {}}).code, ErrorCode::Usage);
    EXPECT_EQ(toError({Kind::Dismissed, Sentence::tr("No."), {}}).code, ErrorCode::NotPermitted);
    EXPECT_EQ(toError({Kind::Busy, Sentence::tr("No."), {}}).code, ErrorCode::SomeFailed);
    EXPECT_EQ(toError({Kind::HelperGone, Sentence::tr("No."), {}}).code, ErrorCode::SomeFailed);
    EXPECT_EQ(inEnglish(toError({Kind::NoBus, Sentence::tr("No."), "sudo x"})),
              "No. With sudo it goes like this: sudo x");
    EXPECT_EQ(inEnglish(toError({Kind::NoAgent, Sentence::tr("No."), "pkttyagent"})),
              "No. Start one, or run this in a terminal: pkttyagent");
    EXPECT_EQ(inEnglish(toError({Kind::NoBus, Sentence::tr("No."), {}})), "No.");
}

TEST(PrivilegeError, errorsOfCoreKeepTheirSentence) {
    const auto error = toPrivilegeError({ErrorCode::Usage, Sentence::tr("Out.")});
    EXPECT_EQ(error.kind, Kind::OutOfRange);
    EXPECT_EQ(inEnglish(error), "Out.");
    EXPECT_EQ(toPrivilegeError({ErrorCode::NotPermitted, Sentence::tr("")}).kind, Kind::NotAuthorized);
    EXPECT_EQ(toPrivilegeError({ErrorCode::Unreadable, Sentence::tr("")}).kind, Kind::WriteFailed);
}

} // namespace
} // namespace halfopen
