// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

namespace halfopen {

/// Does work that the kernel may hold up for as long as it likes: whoever sets options of a socket, or ends it, waits
/// for the socket's lock, which a program keeps while it sits in send(2) on a page that does not come (userfaultfd(2),
/// a dead file server), and cannot even be killed meanwhile. Each piece has a thread of its own, so that others are
/// answered; only so many at a time. Lives in one thread with an event loop, whosever that is.
class BackgroundThreads {
public:
    using Result = std::function<void()>; ///< what to do in this object's thread when the work is done
    /// Has the event loop of this object's thread call something soon. Called by any thread, and never once this object
    /// is gone.
    using Post = std::function<void(std::function<void()>)>;

    explicit BackgroundThreads(Post post);
    /// Waits a moment for what is under way. What is held up longer ends with the process.
    ~BackgroundThreads();
    BackgroundThreads(const BackgroundThreads&) = delete;
    BackgroundThreads& operator=(const BackgroundThreads&) = delete;

    /// Begins it, or has it wait for its turn where as many are under way as may be.
    /// @param work  touches nothing that may be gone before the process; what it returns is called in this object's
    ///              thread, unless the object is gone by then
    /// @return      a number for the piece
    std::uint64_t run(std::function<Result()> work);
    /// @return true where it had not begun; then it never will
    bool withdraw(std::uint64_t piece);

    /// Pieces that are under way or wait.
    int open() const;

private:
    static constexpr int kMost = 8; ///< threads; TasksMax of the helper's unit leaves room for more

    struct Piece {
        std::uint64_t number = 0;
        std::function<Result()> work;
    };
    struct Link;

    int running() const;
    void beginNext();
    bool begin(std::function<Result()> work);

    std::shared_ptr<Link> m_link;
    std::deque<Piece> m_waiting;
    std::uint64_t m_last = 0;
};

} // namespace halfopen
