// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/drop_in.h"

#include "core/model/boot_configuration.h"

#include <fmt/format.h>

namespace halfopen {
namespace {

ConfigPlace place() {
    return {std::string(kDropInDirectory), std::string(kDropInName)};
}

} // namespace

Result<ConfigFile> prepareDropIn(const KeepaliveDefaults& values, const std::string& root) {
    return ConfigFile::prepare(place(), dropInText(values), root);
}

std::string dropInText(const KeepaliveDefaults& values) {
    return fmt::format("# Kept by Halfopen; \"halfopenctl sysctl forget\" removes this file.\n"
                       "net.ipv4.tcp_keepalive_time = {}\n"
                       "net.ipv4.tcp_keepalive_intvl = {}\n"
                       "net.ipv4.tcp_keepalive_probes = {}\n",
                       values.time, values.interval, values.probes);
}

Result<bool> removeDropIn(const std::string& root) {
    return removeConfigFile(place(), root);
}

} // namespace halfopen
