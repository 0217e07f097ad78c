// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace halfopen::test {

inline constexpr uid_t kAlice = 1500;
inline constexpr int kHostTime = 600;

std::string homeOf(uid_t uid);
/// The box's settings, of the host so to say: probes after 600 s, and connection tracking that forgets after 300 s.
void prepareHost();
/// Folders and sub-uids for rootless containers.
void prepareUser(uid_t uid, const std::string& name);

/// Another machine, so to say: a network namespace "beyond" that the box has a link to. It does not know of containers:
/// the box gives whatever comes from them an address of its own (NAT).
class Beyond {
public:
    static constexpr const char* kAddress = "10.8.0.2";

    Beyond();
    ~Beyond();
    Beyond(const Beyond&) = delete;
    Beyond& operator=(const Beyond&) = delete;

    UniqueFd listener() const;
};

/// A container of podman's with one program in it (client.cpp), removed with the object. It has a link to the box's
/// network: 10.9.N.1 here, 10.9.N.2 in there.
class Container {
public:
    /// @param uid   whose; 0: a rootful one
    /// @param link  N
    Container(std::string name, uid_t uid, int link);
    ~Container();
    Container(const Container&) = delete;
    Container& operator=(const Container&) = delete;

    bool runs() const { return m_pid > 0; }
    pid_t pid() const { return m_pid; }
    const std::string& id() const { return m_id; }
    /// A listener of the box that the container's program connects to. @return its port, once the connection stands; 0
    int connectTo();
    /// The same of somewhere beyond the box, which the container reaches through the box.
    int connectTo(const Beyond& beyond);
    /// What its keepalive time is in there.
    int keepaliveTime() const;

private:
    std::vector<std::string> podman(std::vector<std::string> words) const;
    std::vector<std::string> inside(std::vector<std::string> words) const;
    void addLink() const;
    int connectTo(UniqueFd listener, const std::string& address);

    std::string m_name;
    uid_t m_uid;
    int m_link;
    std::filesystem::path m_root;
    std::string m_id;
    pid_t m_pid = 0;
    UniqueFd m_listener;
    UniqueFd m_served;
};

} // namespace halfopen::test
