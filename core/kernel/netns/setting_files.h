// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/settings.h"

#include <array>
#include <cerrno>
#include <cstddef>

namespace halfopen {

/// What settings are opened for.
enum class SettingUse : unsigned char {
    Read,
    Change, ///< only those that Halfopen may change (SettingInfo::writable), for reading as well
};

/// The files of the closed list of settings of one network namespace. Each shows that namespace from anywhere, as the
/// folder does that it was opened in, but whoever holds them reaches no other file by them.
struct SettingFiles {
    /// The last one is ip_local_port_range, the others are by Setting.
    static constexpr std::size_t kCount = kSettingCount + 1;

    std::array<UniqueFd, kCount> files;
    std::array<int, kCount> errors; ///< errno of those that are none

    SettingFiles() { errors.fill(EACCES); }
    const UniqueFd& file(Setting id) const { return files[static_cast<std::size_t>(id)]; }
    int error(Setting id) const { return errors[static_cast<std::size_t>(id)]; }
    const UniqueFd& localPorts() const { return files.back(); }
};

/// @param ipv4   the folder net.ipv4 of the namespace (NetnsAccess::settings()); -1: none, as errno says
/// @param mptcp  likewise
SettingFiles openSettingFiles(int ipv4, int mptcp, SettingUse use);

} // namespace halfopen
