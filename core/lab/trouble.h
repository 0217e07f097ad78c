// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/links.h"

namespace halfopen::lab {

/// What is wrong with the network of a populated laboratory, beyond peers that are silent: a second wire (eth1) whose
/// own queue drops everything after a while, and neighbours of eth0 that are asked for so often that one that has gone
/// is missed within seconds. A kernel that has not what that takes (the module sch_fifo) goes without: nothing of it is
/// needed.
///
/// In the local host, before addFarEnd(); the other end of the wire goes to the namespace behind the descriptor.
Result<void> addTrouble(Links& near, int farNamespace);
/// In the peer host.
Result<void> addFarEnd(Links& far);
/// In the local host, after addFarEnd(): waits for the wire, over which one can connect then.
Result<void> openTrouble(Links& near);
/// In the local host, once the connections are there: from now on the queue drops.
Result<void> startTrouble(Links& near);

/// Whom the local host reaches over the second wire only.
IpAddress droppedPeer();

} // namespace halfopen::lab
