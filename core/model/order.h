// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/close_step.h"
#include "core/model/query.h"
#include "core/model/socket_key.h"
#include "core/model/socket_results.h"
#include "core/model/tcp_sysctls.h"

#include <memory>
#include <variant>
#include <vector>

namespace halfopen {

class ExactPrograms;
class NetnsAccess;

/// Options and owners of sockets of one network namespace that were read elsewhere (SocketOperations::inspect()): rows
/// have them from the next frame on, which comes soon.
struct ReadingsOrder {
    NetnsId netns = 0;
    std::vector<SocketReading> readings;
    std::uint32_t host = 0; ///< HostContext::host
};

/// How far it is with the close of these connections, which a person has asked Halfopen for: Asked before the kernel is
/// asked, then what became of it.
struct CloseNote {
    CloseStep step = CloseStep::Asked;
    std::vector<SocketKey> sockets;
};

/// A network namespace that so far could only be seen from outside, and that somebody with more rights has opened: it
/// is looked into from the next sample on, as NetnsTier::Asked.
struct NetnsOpened {
    NetnsId procInode = 0; ///< by which it was seen: NetnsInside::procInode
    std::uint64_t cookie = 0;
    std::shared_ptr<const NetnsAccess> access; ///< never null
    TcpSysctls settings;                       ///< in effect there
};

/// The settings of one of these, read again.
struct NetnsSettings {
    std::uint64_t cookie = 0;
    TcpSysctls settings;
};

/// Programs that read the structures of every socket, whoever's it is, loaded by somebody with more rights: samples of
/// this machine are made by them from the next one on.
struct ExactOpened {
    std::shared_ptr<const ExactPrograms> programs; ///< never null
};

/// A sample is wanted at once, whatever the interval says.
struct SampleNow {};

/// What a person does, on its way to the sampling thread. A Query that differs from the one before is answered by a
/// frame soon.
using Order = std::variant<Query, ReadingsOrder, CloseNote, NetnsOpened, NetnsSettings, ExactOpened, SampleNow>;

} // namespace halfopen
