"""The element test: which facts that a provision asks for the reports tell, contradict or leave open."""
