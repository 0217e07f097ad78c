// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

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

    /// All ten with the defaults of a 6.18 kernel, in the machine's first network namespace.
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
        sysctl("tcp_max_orphans", "65536\n");
    }

private:
    std::string m_path;
};

/// Root may read and write every file whatever its mode, so root's tests of a refusal run as nobody, who gets the tree
/// first.
template <class Body>
auto asNobodyWhoOwns(const FakeRoot& root, Body body) {
    if (::geteuid() != 0)
        return body();
    constexpr uid_t kNobody = 65534;
    EXPECT_EQ(::chown(root.path().c_str(), kNobody, kNobody), 0);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root.path()))
        EXPECT_EQ(::lchown(entry.path().c_str(), kNobody, kNobody), 0);
    EXPECT_EQ(::seteuid(kNobody), 0);
    auto result = body();
    EXPECT_EQ(::seteuid(0), 0);
    return result;
}

} // namespace halfopen
