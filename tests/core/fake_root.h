// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace halfopen {

/// A directory that stands for "/": made empty, filled by the test, removed with all it holds.
class FakeRoot {
public:
    FakeRoot() {
        std::string name = (std::filesystem::temp_directory_path() / "halfopen-root-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            std::abort();
        m_path = name;
    }
    FakeRoot(const FakeRoot&) = delete;
    FakeRoot& operator=(const FakeRoot&) = delete;
    ~FakeRoot() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    /// @param path  absolute, "/etc/sysctl.conf"; its directories are made
    void write(const std::string& path, const std::string& text) const {
        std::filesystem::create_directories(std::filesystem::path(at(path)).parent_path());
        std::ofstream(at(path)) << text;
    }
    void sysctl(const std::string& name, const std::string& text) const { write("/proc/sys/net/ipv4/" + name, text); }
    std::string read(const std::string& path) const {
        std::ifstream file(at(path));
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string at(const std::string& path) const { return m_path + path; }
    const std::string& path() const { return m_path; }

    /// All ten with the defaults of a 6.18 kernel.
    void fillWithDefaults() const {
        sysctl("tcp_keepalive_time", "7200\n");
        sysctl("tcp_keepalive_intvl", "75\n");
        sysctl("tcp_keepalive_probes", "9\n");
        sysctl("tcp_retries2", "15\n");
        sysctl("tcp_orphan_retries", "0\n");
        sysctl("tcp_syn_retries", "6\n");
        sysctl("tcp_syn_linear_timeouts", "4\n");
        sysctl("tcp_synack_retries", "5\n");
        sysctl("tcp_fin_timeout", "60\n");
        sysctl("tcp_rto_max_ms", "120000\n");
    }

private:
    std::string m_path;
};

} // namespace halfopen
