// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/kernel/netns/resident.h"
#include "tests/ctl/command.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace halfopen::test {

/// What makes the command another user's, without a bus.
inline Setup as(uid_t uid) {
    return {.inChild = [uid] {
        setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere", 1);
        if (setgroups(0, nullptr) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0)
            _exit(99);
    }};
}

/// The connection's client side, as `list --json` tells it; null: it is not there.
inline nlohmann::json clientOf(const Outcome& listed, const Resident& resident) {
    const nlohmann::json all = nlohmann::json::parse(listed.out, nullptr, false);
    if (all.is_discarded())
        return {};
    for (const nlohmann::json& one : all["connections"])
        if (one["remote"]["port"] == resident.facts().port && one["state"] == "ESTABLISHED")
            return one;
    return {};
}

/// Two namespaces beside the own one: root's, and one that belongs to a user namespace of Alice's.
class CtlNetns : public testing::Test {
protected:
    void SetUp() override {
        if (!isRoot())
            SKIP_UNLESS_CI("needs root, to make namespaces of several users");
        ASSERT_EQ(roots.facts().error, 0);
        ASSERT_EQ(alices.facts().error, 0);
    }
    static std::string pidOf(const Resident& resident) { return std::to_string(resident.pid()); }
    static std::string cookieOf(const Resident& resident) { return fmt::format("{:#x}", resident.facts().client); }

    const Resident roots{std::nullopt, {{"tcp_keepalive_time", 600}}};
    const Resident alices{kAlice, {{"tcp_keepalive_time", 700}}};
};

} // namespace halfopen::test
