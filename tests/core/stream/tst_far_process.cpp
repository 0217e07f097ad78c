// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_process.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <array>
#include <cstdlib>

namespace halfopen::stream {
namespace {

std::string saidBy(const std::vector<std::string>& words) {
    const auto process = FarProcess::start(words);
    EXPECT_TRUE(process) << inEnglish(process.error());
    if (!process)
        return {};
    std::string said;
    std::array<char, 256> bytes;
    ssize_t size = 0;
    for (pollfd ready{(*process)->output().get(), POLLIN, 0}; ::poll(&ready, 1, -1) > 0;) {
        size = ::read(ready.fd, bytes.data(), bytes.size());
        if (size <= 0)
            break;
        said.append(bytes.data(), static_cast<std::size_t>(size));
    }
    return said;
}

TEST(FarProcess, itsEnvironmentIsOursAndWhatStandsBeforeIt) {
    ::setenv("HALFOPEN_TEST_KEPT", "kept", 1);
    ::setenv("HALFOPEN_TEST", "ours", 1);
    EXPECT_EQ(saidBy({"HALFOPEN_TEST=its = own", "env"}).find("HALFOPEN_TEST=ours"), std::string::npos);
    EXPECT_EQ(saidBy({"HALFOPEN_TEST=its = own", "sh", "-c", "echo $HALFOPEN_TEST, $HALFOPEN_TEST_KEPT"}),
              "its = own, kept\n");
}

TEST(FarProcess, whatIsNotInstalledIsCalledByItsName) {
    const auto process = FarProcess::start({"SSH_ASKPASS=/bin/ask", "halfopen-no-such-program", "-T"});
    ASSERT_FALSE(process);
    EXPECT_EQ(inEnglish(process.error()), "Cannot start halfopen-no-such-program: No such file or directory.");
    EXPECT_EQ(process.error().code, ErrorCode::NotFound);
}

} // namespace
} // namespace halfopen::stream
