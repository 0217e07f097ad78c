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
    EXPECT_EQ(toError({Kind::OutOfRange, "No.", {}}).code, ErrorCode::Usage);
    EXPECT_EQ(toError({Kind::Dismissed, "No.", {}}).code, ErrorCode::NotPermitted);
    EXPECT_EQ(toError({Kind::Busy, "No.", {}}).code, ErrorCode::SomeFailed);
    EXPECT_EQ(toError({Kind::HelperGone, "No.", {}}).code, ErrorCode::SomeFailed);
    EXPECT_EQ(toError({Kind::NoBus, "No.", "sudo x"}).message, "No. sudo x");
    EXPECT_EQ(toError({Kind::NoBus, "No.", {}}).message, "No.");
}

TEST(PrivilegeError, errorsOfCoreKeepTheirSentence) {
    const auto error = toPrivilegeError({ErrorCode::Usage, "Out."});
    EXPECT_EQ(error.kind, Kind::OutOfRange);
    EXPECT_EQ(error.message, "Out.");
    EXPECT_EQ(toPrivilegeError({ErrorCode::NotPermitted, ""}).kind, Kind::NotAuthorized);
    EXPECT_EQ(toPrivilegeError({ErrorCode::Unreadable, ""}).kind, Kind::WriteFailed);
}

} // namespace
} // namespace halfopen
