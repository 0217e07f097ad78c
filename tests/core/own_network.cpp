// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/own_network.h"

#include "core/lab/links.h"
#include "core/lab/net_namespace.h"

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

std::optional<std::string>& answer() {
    static std::optional<std::string> why;
    return why;
}

} // namespace

std::optional<std::string> enterOwnNetwork() {
    if (auto entered = lab::enterNewNetNamespace(); !entered)
        return inEnglish(entered.error());
    auto links = lab::Links::open();
    if (!links)
        return inEnglish(links.error());
    if (auto up = links->setUp("lo"); !up)
        return inEnglish(up.error());
    return std::nullopt;
}

const std::optional<std::string>& whyNoNetwork() {
    return answer();
}

} // namespace halfopen::test

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    halfopen::test::answer() = halfopen::test::enterOwnNetwork();
    return RUN_ALL_TESTS();
}
