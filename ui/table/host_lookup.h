// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"

#include <QObject>

#include <functional>
#include <string>
#include <vector>

namespace halfopen {

/// Asks the system's resolver on another thread, which may take as long as that likes.
/// @param then  called on the thread of `context`, unless that is gone by then: the addresses, those of IPv6 where
/// there
///              are none of IPv4, as ss has it; none: the name is not known
void lookUpHost(const std::string& host, QObject* context, std::function<void(const std::vector<IpAddress>&)> then);

} // namespace halfopen
