"""What the programme says about itself in public: mandate, objectives, news and the texts of its page."""
