// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/proof_of_life.h"
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

/// Keepalive 60/10/6; the last data came and went `dataMs` ago, the last ACK `ackMs` ago.
samples::Sample probed(std::uint32_t dataMs, std::uint32_t ackMs) {
    auto sample = samples::guarded(ackMs, 50'000, 0, {.idle = 60, .interval = 10, .probes = 6});
    sample.connection.info.lastDataReceived = Millis(dataMs);
    sample.connection.info.lastDataSent = Millis(dataMs);
    sample.connection.info.lastAckReceived = Millis(ackMs);
    return sample;
}

std::optional<Millis> answered(const samples::Sample& sample) {
    return probeAnswered(sample.connection, sample.options);
}

TEST(ProofOfLife, anAckAloneAfterTheIdleTimeAnswersAProbe) {
    EXPECT_EQ(answered(probed(72'050, 12'000)), Millis(12'000));
}

TEST(ProofOfLife, anAckBeforeTheFirstProbeCanBeNoAnswer) {
    EXPECT_EQ(answered(probed(40'000, 12'000)), std::nullopt); // a window update, say
}

TEST(ProofOfLife, dataIsNoAnswerToAProbe) {
    EXPECT_EQ(answered(probed(12'000, 12'000)), std::nullopt);
}

TEST(ProofOfLife, anAckOfOurDataIsNoAnswerToAProbe) {
    auto sample = probed(500'000, 12'000);
    sample.connection.info.lastDataSent = Millis(12'050);
    EXPECT_EQ(answered(sample), std::nullopt);
}

TEST(ProofOfLife, withoutKeepaliveNothingWasAsked) {
    auto sample = probed(72'050, 12'000);
    sample.options.enabled = Switch::Off;
    EXPECT_EQ(answered(sample), std::nullopt);
}

} // namespace
} // namespace halfopen
