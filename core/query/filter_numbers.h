// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/filter_tests.h"

#include <cstdint>
#include <optional>

/// Numbers of a row as filters compare them, each a NumberOf: times in milliseconds, round trips in microseconds.
namespace halfopen::filter::number {

using Value = std::optional<std::int64_t>;

Value uid(const Row& row, const Frame& frame);
Value inode(const Row& row, const Frame& frame);
Value idle(const Row& row, const Frame& frame);         ///< since data moved
Value age(const Row& row, const Frame& frame);          ///< since this program saw it first; none in its first sample
Value lastReceived(const Row& row, const Frame& frame); ///< since anything came of the peer's
Value lastSent(const Row& row, const Frame& frame);
Value next(const Row& row, const Frame& frame);
Value givesUp(const Row& row, const Frame& frame); ///< kNever
Value timer(const Row& row, const Frame& frame);
Value unanswered(const Row& row, const Frame& frame);
Value allowed(const Row& row, const Frame& frame);
Value rtt(const Row& row, const Frame& frame);
Value rto(const Row& row, const Frame& frame);
Value receiveQueue(const Row& row, const Frame& frame);
Value sendQueue(const Row& row, const Frame& frame);
Value unacknowledged(const Row& row, const Frame& frame);
Value notSent(const Row& row, const Frame& frame);
Value unread(const Row& row, const Frame& frame); ///< how long data has waited unread
Value retransmits(const Row& row, const Frame& frame);
Value congestionWindow(const Row& row, const Frame& frame);
Value segmentSize(const Row& row, const Frame& frame);
Value bytesSent(const Row& row, const Frame& frame); ///< and acknowledged
Value bytesReceived(const Row& row, const Frame& frame);
Value rateSent(const Row& row, const Frame& frame); ///< bytes a second since the sample before; the first has none
Value rateReceived(const Row& row, const Frame& frame);
Value keepaliveIdle(const Row& row, const Frame& frame); ///< s; of a socket whose keepalive is not off
Value keepaliveInterval(const Row& row, const Frame& frame);
Value keepaliveProbes(const Row& row, const Frame& frame);
Value userTimeout(const Row& row, const Frame& frame);

/// Whether no row has it in the first sample of all (Frame::isWatched()).
bool takesTwoSamples(NumberOf number);

} // namespace halfopen::filter::number
