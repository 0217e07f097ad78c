// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

namespace halfopen::stream {

/// Whether ssh would take a connection that another ssh keeps open (ControlPath of ssh_config(5)): then it asks nobody.
/// An ssh that does not tell it in time is waiting for that other one. checkHost() holds. Source: ssh(1), -O check.
/// @param wake  readable when nobody wants to know it any more
bool isConnectionShared(const std::string& host, std::chrono::milliseconds within, int wake);

} // namespace halfopen::stream
