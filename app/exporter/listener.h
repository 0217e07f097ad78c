// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <optional>
#include <string>

namespace halfopen::exporter {

/// Where it listens if nobody says another place.
inline constexpr char kUsualAddress[] = "127.0.0.1:9995";

/// The socket to answer on: the one that systemd has opened and hands over (sd_listen_fds(3); its variables are
/// forgotten), else a new one. To be called once, before there is a second thread.
/// @param address  where to listen, "127.0.0.1:9995" or "[::1]:9995"; nullopt: nobody said so
/// @return         Usage where both want to say it or the address is none, NotPermitted, NotSupported where what was
///                 handed over is no single listening socket, SomeFailed
Result<UniqueFd> takeListener(const std::optional<std::string>& address);

} // namespace halfopen::exporter
