// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace halfopen::stream {

/// The machines that ssh_config(5) names, patterns left out, each once and in the order of the files: what a person may
/// mean by a name that has been begun. Host keys of known_hosts are not told by name.
/// @param user  ~/.ssh, whose file comes first. @param system  /etc/ssh
std::vector<std::string> configuredHosts(const std::filesystem::path& user, const std::filesystem::path& system);
/// Those of whoever runs this.
std::vector<std::string> configuredHosts();

} // namespace halfopen::stream
