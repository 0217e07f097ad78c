// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/opener.h"

#include "app/helper/child_process.h"
#include "core/kernel/descriptor_passing.h"
#include "core/kernel/netns/netns_finder.h"

#include <fcntl.h>

#include <linux/capability.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <utility>

namespace halfopen {

namespace {

enum What : std::uint32_t { List, DiagSocket, SettingsToRead, SettingsToChange };

struct Request {
    std::uint32_t sequence = 0;
    std::uint32_t what = List;
    std::uint64_t cookie = 0;
};

constexpr std::size_t kMostListed = 4096;

/// What goes back; as long as `count` says.
struct Answer {
    std::uint32_t sequence = 0;
    std::int32_t error = 0; ///< errno
    std::uint64_t count = 0;
    std::array<std::int32_t, SettingFiles::kCount> errors; ///< errno of each setting; 0: its descriptor goes with it
    std::array<NetnsNumbers, kMostListed> netns;

    std::size_t size() const { return offsetof(Answer, netns) + count * sizeof(NetnsNumbers); }
};

Outcome<NetnsAccessPtr> refused(std::uint64_t cookie, int error) {
    if (error == ESRCH)
        return refusal(PrivilegeErrorKind::WrongNamespace,
                       Sentence::tr("There is no network namespace with the cookie {0} (any more).", cookie));
    return refusal(
        PrivilegeErrorKind::NotSupported,
        Sentence::tr("The helper cannot enter the network namespace with the cookie {0}: {1}.", cookie, Errno{error}));
}

/// In the opener.
class Server {
public:
    explicit Server(int channel)
        : m_channel(channel) {}

    /// Until the other end is closed.
    void run() {
        Request request;
        while (receive(request)) {
            m_answer.sequence = request.sequence;
            m_answer.error = 0;
            m_answer.count = 0;
            Opened opened;
            if (request.what == List)
                list();
            else
                opened = open(request);
            reply(opened);
        }
    }

private:
    /// Closed here once it is on its way.
    struct Opened {
        UniqueFd socket;
        SettingFiles settings;
    };

    void reply(const Opened& opened) {
        std::vector<int> fds;
        if (opened.socket)
            fds.push_back(opened.socket.get());
        for (std::size_t place = 0; place < SettingFiles::kCount; ++place) {
            const UniqueFd& file = opened.settings.files[place];
            m_answer.errors[place] = file ? 0 : opened.settings.errors[place];
            if (file)
                fds.push_back(file.get());
        }
        DescriptorMessage(&m_answer, m_answer.size()).send(m_channel, fds);
    }
    bool receive(Request& request) const {
        int none = -1;
        const ssize_t size = DescriptorMessage(&request, sizeof request).receive(m_channel, none);
        const UniqueFd dropped(none); // nobody sends one
        return size == sizeof request;
    }

    void list() {
        m_finder.look(MonotonicClock::now());
        for (const FoundNetns& one : m_finder.namespaces()) {
            const std::uint64_t cookie = one.cookie != 0 ? one.cookie : cookieInside(one);
            if (cookie != 0 && m_answer.count < kMostListed)
                m_answer.netns[m_answer.count++] = {cookie, one.inode, one.procInode};
        }
    }

    /// Kernels before 6.18 tell it of a socket only.
    static std::uint64_t cookieInside(const FoundNetns& netns) {
        const auto access = enterNetns(openNetnsFile(netns), {});
        return access ? cookieOf(**access) : 0;
    }
    static std::uint64_t cookieOf(const NetnsAccess& access) {
        return netnsCookieOf(access.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG).get());
    }

    /// Looks only where it is not (any more) where the last look has found it: a call may name many, and a look asks
    /// the kernel for all processes.
    Opened open(const Request& request) {
        Opened opened;
        bool entered = openKnown(request, opened);
        for (const auto depth : {NetnsFinder::Depth::Quick, NetnsFinder::Depth::Descriptors}) {
            if (entered)
                break;
            m_finder.look(MonotonicClock::now(), depth);
            entered = openKnown(request, opened);
        }
        return opened;
    }

    /// @return whether it could be entered; else m_answer.error says why not
    bool openKnown(const Request& request, Opened& opened) {
        m_answer.error = ESRCH;
        const auto& all = m_finder.namespaces();
        const auto found = std::ranges::find_if(all, [&](const FoundNetns& one) {
            return (one.cookie != 0 ? one.cookie : cookieInside(one)) == request.cookie;
        });
        if (found == all.end())
            return false;
        const auto access = enterNetns(openNetnsFile(*found), {});
        if (!access) {
            m_answer.error = EPERM;
            return false;
        }
        if (cookieOf(**access) != request.cookie) // its inode was another's meanwhile
            return false;
        m_answer.error = openIn(**access, request.what, opened);
        m_answer.netns[0] = {request.cookie, (*access)->inode(), found->procInode};
        m_answer.count = 1;
        return true;
    }

    /// @return 0, or errno
    static int openIn(const NetnsAccess& access, std::uint32_t what, Opened& opened) {
        switch (what) {
        case DiagSocket:
            opened.socket = access.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
            return opened.socket ? 0 : errno;
        case SettingsToRead:
            opened.settings = access.settingFiles(SettingUse::Read);
            return 0;
        case SettingsToChange:
            opened.settings = access.settingFiles(SettingUse::Change);
            return 0;
        default:
            return EINVAL;
        }
    }

    int m_channel;
    NetnsFinder m_finder;
    Answer m_answer;
};

bool isOfSettings(std::uint32_t what) {
    return what == SettingsToRead || what == SettingsToChange;
}

static_assert(SettingFiles::kCount <= DescriptorMessage::kMost);

void serve(int channel) {
    Server server(channel);
    server.run();
}

} // namespace

struct Opener::Reply {
    int error = 0; ///< errno; 0: it was done
    UniqueFd socket;
    SettingFiles settings;
    std::vector<NetnsNumbers> netns;
};

/// What is asked for is opened by the opener when it is needed, and compared once more here.
class OpenerAccess final : public NetnsAccess {
public:
    OpenerAccess(const Opener& opener, std::uint64_t cookie, NetnsId inode)
        : m_opener(opener)
        , m_cookie(cookie)
        , m_inode(inode) {}

    UniqueFd socket(int family, int type, int protocol) const override {
        errno = EPERM;
        if (family != AF_NETLINK || protocol != NETLINK_SOCK_DIAG)
            return {};
        Opener::Reply reply = m_opener.ask(DiagSocket, m_cookie);
        UniqueFd socket = std::move(reply.socket);
        errno = reply.error;
        if (socket && netnsCookieOf(socket.get()) != m_cookie) {
            socket.reset();
            errno = ESTALE;
        }
        if (socket && (type & SOCK_NONBLOCK) != 0)
            ::fcntl(socket.get(), F_SETFL, O_NONBLOCK);
        return socket;
    }
    SettingFiles settingFiles(SettingUse use) const override {
        return m_opener.ask(use == SettingUse::Read ? SettingsToRead : SettingsToChange, m_cookie).settings;
    }
    NetnsTier tier() const override { return NetnsTier::Asked; }
    NetnsId inode() const override { return m_inode; }

private:
    UniqueFd open(const char*) const override {
        errno = EPERM;
        return {};
    }

    const Opener& m_opener;
    std::uint64_t m_cookie;
    NetnsId m_inode;
};

Result<std::unique_ptr<Opener>> Opener::start() {
    constexpr std::chrono::seconds kTimeLimit{3}; // a look through /proc takes some 10 ms
    auto channel =
        startChild("halfopen-opener", {CAP_SYS_ADMIN, CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH}, serve, kTimeLimit);
    if (!channel)
        return tl::unexpected(channel.error());
    return std::unique_ptr<Opener>(new Opener(std::move(*channel)));
}

Opener::Reply Opener::ask(std::uint32_t what, std::uint64_t cookie) const {
    const std::scoped_lock lock(m_mutex);
    const Request request{++m_sequence, what, cookie};
    if (::send(m_channel.get(), &request, sizeof request, MSG_NOSIGNAL) != sizeof request)
        return {.error = errno};
    const auto answer = std::make_unique<Answer>();
    while (true) { // past what was given up before
        std::array<int, DescriptorMessage::kMost> fds{};
        const ssize_t size = DescriptorMessage(answer.get(), sizeof *answer).receive(m_channel.get(), fds);
        std::vector<UniqueFd> came;
        for (const int fd : fds)
            came.emplace_back(fd);
        if (size <= 0)
            return {.error = size < 0 ? errno : EPIPE};
        if (answer->sequence != request.sequence)
            continue;
        Reply reply;
        auto next = came.begin();
        if (what == DiagSocket)
            reply.socket = std::move(*next);
        for (std::size_t place = 0; isOfSettings(what) && place < SettingFiles::kCount; ++place) {
            reply.settings.errors[place] = answer->errors[place];
            if (answer->errors[place] == 0)
                reply.settings.files[place] = std::move(*next++);
        }
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(answer->count, kMostListed));
        reply.netns.assign(answer->netns.begin(), answer->netns.begin() + static_cast<std::ptrdiff_t>(count));
        reply.error = answer->error;
        return reply;
    }
}

Outcome<std::vector<NetnsNumbers>> Opener::list() const {
    Reply reply = ask(List, 0);
    if (reply.error != 0)
        return refusal(PrivilegeErrorKind::NotSupported,
                       Sentence::tr("The network namespaces cannot be listed: {0}.", Errno{reply.error}));
    return std::move(reply.netns);
}

Outcome<NetnsAccessPtr> Opener::enter(std::uint64_t cookie) const {
    if (cookie == 0)
        return refused(cookie, ESRCH);
    const Reply reply = ask(DiagSocket, cookie);
    if (reply.error != 0 || reply.netns.empty())
        return refused(cookie, reply.error);
    return std::make_shared<const OpenerAccess>(*this, cookie, reply.netns.front().inode);
}

} // namespace halfopen
