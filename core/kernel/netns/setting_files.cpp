// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/setting_files.h"

#include <fcntl.h>

#include <string>
#include <string_view>

namespace halfopen {
namespace {

void openOne(int folder, const std::string& name, int flags, UniqueFd& file, int& error) {
    file.reset(folder >= 0 ? ::openat(folder, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC) : -1);
    error = file ? 0 : (folder >= 0 ? errno : ENOENT);
}

} // namespace

SettingFiles openSettingFiles(int ipv4, int mptcp, SettingUse use) {
    SettingFiles opened;
    for (const SettingInfo& info : allSettings()) {
        if (use == SettingUse::Change && !info.writable)
            continue;
        const auto place = static_cast<std::size_t>(info.id);
        const std::string_view name = info.name;
        const auto dot = name.find('.');
        openOne(dot == std::string_view::npos ? ipv4 : mptcp,
                std::string(dot == std::string_view::npos ? name : name.substr(dot + 1)),
                use == SettingUse::Change ? O_RDWR : O_RDONLY, opened.files[place], opened.errors[place]);
    }
    if (use == SettingUse::Read)
        openOne(ipv4, "ip_local_port_range", O_RDONLY, opened.files.back(), opened.errors.back());
    return opened;
}

} // namespace halfopen
