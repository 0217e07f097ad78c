// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/podman/container.h"

#include "tests/podman/person.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdlib>
#include <fstream>
#include <thread>

namespace halfopen::test {

namespace fs = std::filesystem;

namespace {

std::string runtimeOf(uid_t uid) {
    return fmt::format("/run/user/{}", uid);
}

void makeFolder(const fs::path& path, uid_t uid) {
    fs::create_directories(path);
    EXPECT_EQ(::chown(path.c_str(), uid, uid), 0);
}

/// At any port of that address in this thread's network namespace.
UniqueFd listenOn(const std::string& text) {
    UniqueFd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, text.c_str(), &address.sin_addr);
    EXPECT_EQ(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener.get(), 1), 0);
    return listener;
}

} // namespace

std::string homeOf(uid_t uid) {
    return uid == 0 ? "/root" : fmt::format("/home/{}", uid);
}

void prepareHost() {
    std::ofstream("/proc/sys/net/ipv4/tcp_keepalive_time") << kHostTime;
    must({"nft", "add", "table", "inet", "box"});
    must({"nft", "add chain inet box input { type filter hook input priority 0; }"});
    must({"nft", "add", "rule", "inet", "box", "input", "ct", "state", "established", "accept"});
    std::ofstream("/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established") << 300;
}

Setup as(uid_t uid) {
    return {.inChild = [uid] {
        ::setenv("HOME", homeOf(uid).c_str(), 1);
        ::setenv("XDG_RUNTIME_DIR", runtimeOf(uid).c_str(), 1);
        ::setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere", 1);
        if (::chdir(homeOf(uid).c_str()) != 0 || ::setgroups(0, nullptr) != 0 || ::setresgid(uid, uid, uid) != 0 ||
            ::setresuid(uid, uid, uid) != 0)
            ::_exit(99);
    }};
}

void prepareUser(uid_t uid, const std::string& name) {
    must({"useradd", "-M", "-u", std::to_string(uid), "-d", homeOf(uid), name});
    std::ofstream("/etc/subuid") << name << ":100000:65536\n";
    std::ofstream("/etc/subgid") << name << ":100000:65536\n";
    makeFolder(homeOf(uid), uid);
    makeFolder(runtimeOf(uid), uid);
}

std::string must(const std::vector<std::string>& words, const Setup& setup) {
    const Outcome outcome = run(words, setup);
    EXPECT_EQ(outcome.exitCode, 0) << fmt::format("{}", fmt::join(words, " ")) << "\n" << outcome.err;
    std::string text = outcome.out;
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

Beyond::Beyond() {
    must({"ip", "netns", "add", "beyond"});
    must({"ip", "link", "add", "to-beyond", "type", "veth", "peer", "name", "eth0", "netns", "beyond"});
    must({"ip", "addr", "add", "10.8.0.1/24", "dev", "to-beyond"});
    must({"ip", "link", "set", "to-beyond", "up"});
    must({"ip", "-n", "beyond", "addr", "add", std::string(kAddress) + "/24", "dev", "eth0"});
    must({"ip", "-n", "beyond", "link", "set", "eth0", "up"});
    std::ofstream("/proc/sys/net/ipv4/ip_forward") << 1;
    must({"nft", "add", "table", "inet", "beyond"});
    must({"nft", "add chain inet beyond out { type nat hook postrouting priority 100; }"});
    must({"nft", "add", "rule", "inet", "beyond", "out", "oifname", "to-beyond", "masquerade"});
}

Beyond::~Beyond() {
    run({"nft", "delete", "table", "inet", "beyond"});
    run({"ip", "link", "del", "to-beyond"});
    run({"ip", "netns", "del", "beyond"});
}

UniqueFd Beyond::listener() const {
    UniqueFd listener;
    std::thread([&] { // which alone goes there
        const UniqueFd there(::open("/run/netns/beyond", O_RDONLY | O_CLOEXEC));
        EXPECT_EQ(::setns(there.get(), CLONE_NEWNET), 0);
        listener = listenOn(kAddress);
    })
        .join();
    return listener;
}

Container::Container(std::string name, uid_t uid, int link)
    : m_name(std::move(name))
    , m_uid(uid)
    , m_link(link)
    , m_root(fs::path(homeOf(uid)) / m_name) {
    for (const char* folder : {"", "proc", "dev", "sys", "etc", "tmp", "run"})
        makeFolder(m_root / folder, uid);
    fs::copy_file(PODMAN_CLIENT, m_root / "client");
    const Setup setup = uid == 0 ? Setup{} : as(uid);
    const std::string said = must(podman({"run", "-d", "--name", m_name, "--ulimit", "host", "--cgroups=disabled",
                                          "--network=none", "--rootfs", m_root.string(), "/client", "/tmp/connect"}),
                                  setup);
    m_id = said.substr(said.rfind('\n') + 1);
    const std::string pid = must(podman({"inspect", "--format", "{{.State.Pid}}", m_name}), setup);
    m_pid = std::atoi(pid.substr(pid.rfind('\n') + 1).c_str());
    if (m_pid > 0)
        addLink();
}

Container::~Container() {
    run(podman({"rm", "-f", "-t", "0", m_name}), m_uid == 0 ? Setup{} : as(m_uid));
    std::error_code ignored;
    fs::remove_all(m_root, ignored);
}

std::vector<std::string> Container::podman(std::vector<std::string> words) const {
    words.insert(words.begin(), "podman");
    return words;
}

std::vector<std::string> Container::inside(std::vector<std::string> words) const {
    words.insert(words.begin(), {"nsenter", "-t", std::to_string(m_pid), "-n"});
    return words;
}

void Container::addLink() const {
    const std::string here = fmt::format("to-{}", m_link);
    must({"ip", "link", "add", here, "type", "veth", "peer", "name", "eth0", "netns", std::to_string(m_pid)});
    must({"ip", "addr", "add", fmt::format("10.9.{}.1/24", m_link), "dev", here});
    must({"ip", "link", "set", here, "up"});
    must(inside({"ip", "addr", "add", fmt::format("10.9.{}.2/24", m_link), "dev", "eth0"}));
    must(inside({"ip", "link", "set", "eth0", "up"}));
    must(inside({"ip", "link", "set", "lo", "up"}));
}

int Container::connectTo() {
    const std::string address = fmt::format("10.9.{}.1", m_link);
    return connectTo(listenOn(address), address);
}

int Container::connectTo(const Beyond& beyond) {
    must(inside({"ip", "route", "add", "default", "via", fmt::format("10.9.{}.1", m_link)}));
    return connectTo(beyond.listener(), Beyond::kAddress);
}

int Container::connectTo(UniqueFd listener, const std::string& address) {
    m_listener = std::move(listener);
    sockaddr_in bound{};
    socklen_t size = sizeof bound;
    EXPECT_EQ(::getsockname(m_listener.get(), reinterpret_cast<sockaddr*>(&bound), &size), 0);
    const int port = ntohs(bound.sin_port);
    std::ofstream(m_root / "tmp/connect") << fmt::format("{} {}", address, port);
    pollfd waits{m_listener.get(), POLLIN, 0};
    constexpr int kTimeLimitMs = 20'000;
    EXPECT_EQ(::poll(&waits, 1, kTimeLimitMs), 1) << "nobody connects";
    m_served.reset(::accept(m_listener.get(), nullptr, nullptr));
    return m_served ? port : 0;
}

int Container::keepaliveTime() const {
    return std::atoi(must(inside({"cat", "/proc/sys/net/ipv4/tcp_keepalive_time"})).c_str());
}

} // namespace halfopen::test
